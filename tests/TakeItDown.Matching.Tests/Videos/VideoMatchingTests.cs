using System.Collections.Concurrent;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Listed pictures and listed videos, found in uploads that are not the same files.</summary>
public class VideoMatchingTests(VideoClips clips)
{
    [Fact]
    public async Task Frames_come_once_a_second_with_their_times()
    {
        await using var host = new VideoHost();
        var hashes = await host.HashAsync(clips.Flight);
        Assert.Equal(MediaKind.Video, hashes.Media);
        Assert.Equal(ScanReason.None, hashes.Reason);
        Assert.Equal(Seconds(0, 10), hashes.Frames.Select(frame => frame.Time));
        Assert.All(hashes.Frames, frame => Assert.True(frame.Quality >= 50));
        Assert.DoesNotContain(hashes.Frames[0].Hash.ToHexString(), hashes.Frames[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_frames_in_one_second_do_not_hide_those_of_the_others()
    {
        await using var host = new VideoHost();
        // A hundred frames in the first second, then one in each.
        var uneven = clips.Make("uneven.mp4", ["-i", clips.Flight, "-vf", "fps=100,select=lt(t\\,1)+not(mod(n\\,100))", "-vsync", "vfr", "-c:v", "libx264", "-preset", "ultrafast"]);
        var times = (await host.HashAsync(uneven)).Frames.Select(frame => frame.Time).ToList();
        Assert.Equal([3, 5, 7, 9], times.Where(time => time.TotalSeconds >= 2).Select(time => time.TotalSeconds));
    }

    [Fact]
    public async Task A_frame_that_is_shown_twice_counts_once()
    {
        await using var host = new VideoHost();
        var still = clips.Make("still.avi", ["-loop", "1", "-framerate", "10", "-i", TestData.Fixture("images/landscape.jpg"), "-t", "5", "-c:v", "ffv1"]);
        var frame = Assert.Single((await host.HashAsync(still)).Frames);
        Assert.Equal(TimeSpan.Zero, frame.Time);
    }

    [Fact]
    public async Task A_listed_picture_is_found_in_a_video_with_its_time()
    {
        await using var host = new VideoHost();
        var picture = await host.HashAsync(TestData.Fixture("images/swirl.jpg"));
        host.List("picture", MediaKind.Image, [picture.Pdq!.Value.Hash]);

        var result = await host.ScanAsync(clips.Slideshow);
        Assert.Equal(Verdict.Match, result.Verdict);
        var match = Assert.Single(result.Matches);
        Assert.Equal(("picture", null, null), (match.Entry, match.QueryShare, match.ListedShare));
        Assert.Equal(HashKind.Pdq, match.Kind);
        Assert.Equal(2 * VideoClips.SlideTime, match.FrameTime);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 10)]
    public async Task The_first_match_ends_the_decoding(bool stop, int seconds)
    {
        await using var host = new VideoHost();
        var listed = (await host.HashAsync(clips.Flight)).Frames[2];
        host.List("picture", MediaKind.Image, [listed.Hash]);

        var progress = new Reports();
        var result = await host.ScanAsync(clips.Flight, new ScanOptions { StopAtFirstMatch = stop, Progress = progress });
        Assert.Equal(Verdict.Match, result.Verdict);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.Single(result.Matches).FrameTime);
        Assert.Equal(Seconds(0, seconds), progress.Select(report => report.Done));
        Assert.All(progress, report => Assert.Equal(TimeSpan.FromSeconds(10), report.Total));
    }

    [Fact]
    public async Task A_listed_video_is_found_in_another_encoding_size_and_with_a_watermark()
    {
        await using var host = new VideoHost();
        await ListFlightAsync(host);
        var copy = clips.Make("copy.mkv", ["-i", clips.Flight, "-vf", "scale=800:600,drawbox=x=10:y=10:w=90:h=24:color=white:t=fill", "-c:v", "mpeg4", "-q:v", "8"]);
        var result = await host.ScanAsync(copy);
        Assert.Equal(Verdict.Match, result.Verdict);
        var match = Assert.Single(result.Matches);
        Assert.Equal("video", match.Entry);
        Assert.NotNull(match.FrameTime);
        // It ends there: the rest could add nothing.
        Assert.Equal(0.8, match.ListedShare);
        Assert.InRange(match.QueryShare!.Value, 0.8, 1);
    }

    [Fact]
    public async Task A_part_of_a_listed_video_is_found_by_the_share_of_the_upload()
    {
        await using var host = new VideoHost();
        await ListFlightAsync(host);
        var part = clips.Make("part.mp4", ["-ss", "3", "-i", clips.Flight, "-t", "4", "-c:v", "libx264", "-preset", "ultrafast"]);
        var match = Assert.Single((await host.ScanAsync(part)).Matches);
        Assert.Equal((1, 0.4), (match.QueryShare, match.ListedShare));
    }

    [Fact]
    public async Task A_listed_clip_is_found_in_a_longer_video_before_its_end()
    {
        await using var host = new VideoHost();
        var frames = (await host.HashAsync(clips.Flight)).Frames;
        host.List("clip", MediaKind.Video, frames.Skip(1).Take(5).Select(frame => frame.Hash));
        var progress = new Reports();
        var result = await host.ScanAsync(clips.Flight, new ScanOptions { Progress = progress });
        var match = Assert.Single(result.Matches);
        // Four of five frames are the share: seconds 1 to 4.
        Assert.Equal(("clip", 0.8, 0.8), (match.Entry, match.QueryShare, match.ListedShare));
        Assert.Equal(Seconds(0, 4), progress.Select(report => report.Done));

        var whole = await host.ScanAsync(clips.Flight, new ScanOptions { StopAtFirstMatch = false });
        Assert.Equal((0.5, 1), (whole.Matches[0].QueryShare, whole.Matches[0].ListedShare));
    }

    [Theory]
    [InlineData(0.8, 0.8, Verdict.NoMatch)]
    [InlineData(0.5, 0.8, Verdict.Match)]
    [InlineData(0.8, 0.5, Verdict.Match)]
    public async Task Half_of_a_video_is_found_by_who_asks_for_half(double query, double listed, Verdict expected)
    {
        await using var host = new VideoHost(options => (options.Video.MinimumQueryShare, options.Video.MinimumListedShare) = (query, listed));
        var frames = (await host.HashAsync(clips.Flight)).Frames;
        var other = (await host.HashAsync(clips.Slideshow)).Frames.Select(frame => new PdqHash(~0UL, 0, (ulong)frame.Time.Ticks, ~0UL));
        host.List("half", MediaKind.Video, [.. frames.Take(5).Select(frame => frame.Hash), .. other.Take(5)]);
        var result = await host.ScanAsync(clips.Flight);
        Assert.Equal(expected, result.Verdict);
        Assert.Equal(HashKinds.Pdq, result.Checked & HashKinds.Pdq);
        // Its hashes are judged as the file is.
        result = host.Get<IContentScanner>().Scan([.. frames.Select(frame => frame.Hash.ToValue())]);
        Assert.Equal((expected, HashKinds.Pdq), (result.Verdict, result.Checked));
    }

    [Fact]
    public async Task A_video_that_players_turn_is_found_as_displayed()
    {
        await using var host = new VideoHost();
        await ListFlightAsync(host);
        var lying = clips.Make("lying.mp4", ["-i", clips.Flight, "-vf", "transpose=2", "-c:v", "libx264", "-preset", "ultrafast"]);
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(lying)).Verdict);

        // The display matrix of the track: from none to a quarter turn to the right.
        var bytes = await File.ReadAllBytesAsync(lying, TestContext.Current.CancellationToken);
        var matrix = bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        Assert.Equal(0x00010000, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(matrix)));
        foreach (var (at, value) in new[] { (0, 0), (1, 0x00010000), (3, -0x00010000), (4, 0) })
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(matrix + (at * 4)), value);
        var turned = Path.Combine(clips.Folder, "turned.mp4");
        await File.WriteAllBytesAsync(turned, bytes, TestContext.Current.CancellationToken);

        var result = await host.ScanAsync(turned);
        Assert.Equal(Verdict.Match, result.Verdict);
        Assert.Equal(Orientation.AsDisplayed, Assert.Single(result.Matches).Orientation);
    }

    [Fact]
    public async Task Keyframes_alone_show_what_they_show()
    {
        await using var host = new VideoHost(options => options.Video.KeyframesOnly = true);
        var sparse = clips.Make("sparse.mp4", ["-i", clips.Flight, "-c:v", "libx264", "-preset", "ultrafast", "-g", "40", "-sc_threshold", "0"]);
        var hashes = await host.HashAsync(sparse);
        Assert.Equal(ScanReason.None, hashes.Reason);
        // Keyframes at 0, 4 and 8 seconds.
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)], hashes.Frames.Select(frame => frame.Time));
    }

    private static IEnumerable<TimeSpan> Seconds(int first, int count) => Enumerable.Range(first, count).Select(second => TimeSpan.FromSeconds(second));

    private async Task ListFlightAsync(VideoHost host) =>
        host.List("video", MediaKind.Video, (await host.HashAsync(clips.Flight)).Frames.Select(frame => frame.Hash));

    private sealed class Reports : ConcurrentQueue<VideoProgress>, IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => Enqueue(value);
    }
}
