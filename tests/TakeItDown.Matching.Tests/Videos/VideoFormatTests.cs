namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Every container, whole and cut, and pictures that move.</summary>
public class VideoFormatTests(VideoClips clips)
{
    [Theory]
    [InlineData("all.mp4", "mpeg4", null)]
    [InlineData("all.mov", "mjpeg", null)]
    [InlineData("all.mkv", "mpeg4", null)]
    [InlineData("all.avi", "mpeg4", null)]
    [InlineData("all.flv", "flv1", null)]
    [InlineData("all.ogv", "libtheora", null)]
    [InlineData("all.wmv", "wmv2", null)]
    [InlineData("all.mpg", "mpeg2video", "vob")]
    [InlineData("all.m2v", "mpeg2video", "mpeg2video")]
    [InlineData("all.ts", "mpeg2video", "mpegts")]
    public async Task Every_container_gives_its_frames(string name, string codec, string? muxer)
    {
        await using var host = new VideoHost();
        // MPEG-2 knows no 10 frames a second, and a stream that has them all the same promises 25.
        string[] format = muxer is null ? [] : ["-vf", "fps=25", "-f", muxer];
        var hashes = await host.HashAsync(clips.Make(name, ["-i", clips.Flight, "-t", "5", "-c:v", codec, "-q:v", "5", .. format]));
        Assert.Equal(MediaKind.Video, hashes.Media);
        Assert.Equal(ScanReason.None, hashes.Reason);
        Assert.Equal(5, hashes.Frames.Count);
    }

    [Theory]
    [InlineData("cut.mp4")]
    [InlineData("cut.mkv")]
    [InlineData("cut.avi")]
    [InlineData("cut.flv")]
    [InlineData("cut.wmv")]
    public async Task A_cut_file_gives_the_frames_it_has_and_says_so(string name)
    {
        await using var host = new VideoHost();
        // The index in front where there is one, and every second as large as any other.
        var whole = clips.Make(name, ["-i", clips.Flight, "-c:v", name == "cut.flv" ? "flv1" : "mpeg4", "-b:v", "400k", "-movflags", "+faststart"]);
        var hashes = await host.HashAsync(clips.Cut(whole, 0.6));
        Assert.Equal(ScanReason.Truncated, hashes.Reason);
        Assert.InRange(hashes.Frames.Count, 2, 8);

        var last = hashes.Frames[^2];
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(clips.Cut(whole, 0.6))).Verdict);
        host.List("picture", MediaKind.Image, [last.Hash]);
        var result = await host.ScanAsync(clips.Cut(whole, 0.6));
        Assert.Equal(last.Time, Assert.Single(result.Matches).FrameTime);
    }

    [Theory]
    [InlineData(0.09)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public async Task A_cut_WMV_is_truncated_and_a_whole_one_is_not(double share)
    {
        await using var host = new VideoHost();
        var whole = clips.Make("whole.wmv", ["-i", clips.Flight, "-c:v", "wmv2", "-b:v", "400k"]);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(whole)));
        var cut = Outcome(await host.ScanAsync(clips.Cut(whole, share)));
        Assert.Equal(Verdict.NotScannable, cut.Verdict);
        Assert.Contains(cut.Reason, new[] { ScanReason.Truncated, ScanReason.Damaged });

        static (Verdict Verdict, ScanReason Reason) Outcome(ScanResult result) => (result.Verdict, result.Reason);
    }

    [Fact]
    public async Task Frames_of_another_size_do_not_get_out_of_step()
    {
        // Out of step, each side would wait for the other.
        await using var host = new VideoHost(options => options.Video.MaximumTime = TimeSpan.FromSeconds(30));
        string[] encode = ["-c:v", "mpeg2video", "-q:v", "3", "-f", "mpegts"];
        var first = clips.Make("first.ts", ["-i", clips.Flight, "-t", "3", "-vf", "fps=25,scale=320:180", .. encode]);
        var second = clips.Make("second.ts", ["-i", clips.Slideshow, "-vf", "fps=25", .. encode]);
        var both = Path.Combine(clips.Folder, "both.ts");
        await File.WriteAllBytesAsync(both, [.. await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken), .. await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken)], TestContext.Current.CancellationToken);

        var picture = await host.HashAsync(TestData.Fixture("images/swirl.jpg"));
        host.List("picture", MediaKind.Image, [picture.Pdq!.Value.Hash]);
        // After three seconds of the one and four of the other.
        var time = Assert.Single((await host.ScanAsync(both)).Matches).FrameTime!.Value;
        Assert.InRange(time.TotalSeconds, 6.5, 8.5);
    }

    [Fact]
    public async Task Without_its_index_a_file_is_damaged()
    {
        await using var host = new VideoHost();
        var whole = clips.Make("index-last.mp4", ["-i", clips.Flight, "-c", "copy"]);
        Assert.Equal(ScanReason.None, (await host.HashAsync(whole)).Reason);
        var hashes = await host.HashAsync(clips.Cut(whole, 0.6));
        Assert.Equal((ScanReason.Damaged, 0), (hashes.Reason, hashes.Frames.Count));
    }

    [Fact]
    public async Task Without_a_frame_a_file_is_damaged()
    {
        await using var host = new VideoHost();
        var bytes = await File.ReadAllBytesAsync(clips.Flight, TestContext.Current.CancellationToken);
        var headers = clips.Cut(clips.Flight, (bytes.AsSpan().IndexOf("mdat"u8) + 4.0) / bytes.Length);
        Assert.Equal(ScanReason.Damaged, (await host.HashAsync(headers)).Reason);
    }

    [Fact]
    public async Task Sound_alone_is_no_video()
    {
        await using var host = new VideoHost();
        var sound = clips.Make("sound.mp4", ["-f", "lavfi", "-i", "sine", "-t", "1", "-c:a", "aac"]);
        Assert.Equal(ScanReason.UnknownFormat, (await host.ScanAsync(sound)).Reason);
    }

    [Fact]
    public async Task A_plain_video_is_too_plain()
    {
        await using var host = new VideoHost();
        var plain = clips.Make("plain.mp4", ["-f", "lavfi", "-i", "color=red:size=320x240", "-t", "2", "-c:v", "mpeg4"]);
        Assert.Equal(ScanReason.TooPlain, (await host.ScanAsync(plain)).Reason);
    }

    [Theory]
    [InlineData("moving.gif", "gif")]
    [InlineData("moving.avif", "libaom-av1")]
    [InlineData("moving.webp", "libwebp")]
    public async Task Pictures_that_move_are_looked_at_to_their_end(string name, string codec)
    {
        await using var host = new VideoHost();
        string[] speed = codec != "libaom-av1" ? [] : ["-cpu-used", "8", "-crf", "40"];
        var moving = clips.Make(name, ["-i", clips.Slideshow, "-vf", "fps=5,scale=320:240", "-c:v", codec, .. speed]);
        var hashes = await host.HashAsync(moving);
        Assert.Equal(MediaKind.Image, hashes.Media);
        Assert.NotNull(hashes.Pdq);
        Assert.Equal(ScanReason.None, hashes.Reason);

        var picture = await host.HashAsync(TestData.Fixture("images/swirl.jpg"));
        host.List("picture", MediaKind.Image, [picture.Pdq!.Value.Hash]);
        Assert.Equal(2 * VideoClips.SlideTime, Assert.Single((await host.ScanAsync(moving)).Matches).FrameTime);
    }

    [Fact]
    public async Task Colours_are_converted_alike_whatever_the_file_says_of_them()
    {
        await using var host = new VideoHost();
        // The same samples under other labels.
        string[] encode = ["-i", clips.Flight, "-t", "3", "-c:v", "libx264", "-preset", "ultrafast", "-x264-params"];
        var plain = await host.HashAsync(clips.Make("plain-label.mp4", [.. encode, "scenecut=0"]));
        var hd = await host.HashAsync(clips.Make("hd-label.mp4", [.. encode, "colorprim=bt709:transfer=bt709:colormatrix=bt709"]));
        Assert.Equal(3, plain.Frames.Count);
        Assert.Equal(plain.Frames, hd.Frames);
    }

    [Theory]
    [InlineData("landscape.gif")]
    [InlineData("landscape.webp")]
    public async Task Pictures_that_stand_still_need_no_ffmpeg(string name)
    {
        await using var host = new VideoHost(options => options.FfmpegDirectory = "/nowhere");
        var hashes = await host.HashAsync(TestData.Fixture($"images/{name}"));
        Assert.Equal(ScanReason.None, hashes.Reason);
        Assert.Empty(hashes.Frames);
    }
}
