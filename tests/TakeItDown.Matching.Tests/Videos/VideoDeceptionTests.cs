using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Files made to hide from a scan what a player shows: it is looked at, or said not to have been.</summary>
public sealed class VideoDeceptionTests(VideoClips clips) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("takeitdown-deceive-").FullName;

    [Fact(Timeout = 60_000)]
    public async Task A_tag_that_fills_the_pipe_is_not_waited_for()
    {
        await using var host = new VideoHost();
        var bytes = await ReadAsync(clips.Make("tagged.mkv", ["-i", clips.Flight, "-t", "1", "-c", "copy", "-metadata:s:v:0", "LENGTHS1=" + new string('1', 120_000)]));
        // The name that ffmpeg lets nobody write, in the place of the tag that it writes itself.
        Replace(bytes, "DURATION", "LENGTHS2");
        Replace(bytes, "LENGTHS1", "DURATION");
        var path = await WriteAsync(bytes).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ScanReason.Damaged, (await host.ScanAsync(path)).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_prober_that_never_ends_is_ended_long_before_a_decoder_would_be()
    {
        VideoClips.Require();
        var prober = Path.Combine(_folder, "ffprobe");
        foreach (var program in new[] { prober, Path.Combine(_folder, "ffmpeg") })
        {
            await File.WriteAllTextAsync(program, "#!/bin/sh\nwhile :; do :; done\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        var clock = new FakeTimeProvider();
        await using var host = new VideoHost();
        var options = Microsoft.Extensions.Options.Options.Create(new MatchingOptions { FfmpegDirectory = _folder });
        var decoder = new FfmpegDecoder(new FfmpegProgram(options, NullLogger<FfmpegProgram>.Instance), options, clock, NullLogger<FfmpegDecoder>.Instance);
        var hasher = new VideoHasher([decoder], [], options, clock, NullLogger<VideoHasher>.Instance);
        await using var file = File.OpenRead(clips.Flight);
        using var content = await SpooledContent.ReadAsync(file, options.Value, HashKinds.None, TestContext.Current.CancellationToken);
        var hashing = hasher.HashAsync(content, VideoFormat.QuickTime, _ => true, null, isBatch: false, TestContext.Current.CancellationToken).AsTask();
        while (ChildProcesses.Of(prober).Length == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ScanReason.TimedOut, await hashing);
        Assert.Empty(ChildProcesses.Of(prober));
    }

    [Theory]
    [InlineData("mkv")]
    [InlineData("mov")]
    public async Task A_time_that_a_frame_says_of_itself_is_not_believed(string container)
    {
        await using var host = new VideoHost();
        // A text chunk after the header. (Its checksum, which nobody asks for, is left out.)
        byte[] text = [.. "t\0x\npts_time:7777"u8];
        byte[] chunk = [0, 0, 0, (byte)text.Length, .. "tEXt"u8, .. text, 0, 0, 0, 0];
        var video = await PicturesAsync(container, png => [.. png[..33], .. chunk, .. png[33..]]);
        Assert.Equal(Enumerable.Range(0, 10).Select(second => (double)second), await TimesAsync(host, video));
    }

    [Fact]
    public async Task Frames_that_cannot_be_decoded_are_no_clean_video()
    {
        await using var host = new VideoHost();
        var bytes = await ReadAsync(await PicturesAsync("mkv", png => png));
        // Of the second to the seventh of ten, the header is spoilt.
        for (var (at, number) = (0, 0); number < 7; number++)
        {
            at += bytes.AsSpan(at).IndexOf("IHDR"u8) + 4;
            if (number >= 1) bytes.AsSpan(at, 13).Fill(0xA5);
        }
        var spoilt = await WriteAsync(bytes);
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), Outcome(await host.ScanAsync(spoilt)));

        // What can be decoded is looked at to its end.
        host.List("picture", MediaKind.Image, [(await host.HashAsync(spoilt)).Frames[^1].Hash]);
        Assert.Equal(9, Assert.Single((await host.ScanAsync(spoilt)).Matches).FrameTime!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 10)]
    public async Task Times_that_jump_back_hide_nothing(bool keyframes, int frames)
    {
        await using var host = new VideoHost(options => options.Video.KeyframesOnly = keyframes);
        // Ninety frames in the first second and one in each that follows, at a rate said to be a hundred: by number, only the first is taken.
        var bytes = await ReadAsync(clips.Make("later.mkv", ["-i", clips.Flight, "-vf", "fps=100,select=lt(t\\,0.9)+not(mod(n\\,100))", "-fps_mode", "vfr",
            "-c:v", "mjpeg", "-cluster_time_limit", "900", "-output_ts_offset", "50"]));
        // The clusters from 51 seconds on go back by fifty.
        for (var at = 0; bytes.AsSpan(at).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x43, 0xB6, 0x75]) is >= 0 and var next;)
        {
            at += next + 4;
            var time = at + bytes.AsSpan(at, 16).IndexOf((ReadOnlySpan<byte>)[0xE7, 0x82]) + 2;
            var milliseconds = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(time));
            if (milliseconds >= 51_000) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(time), (ushort)(milliseconds - 50_000));
        }
        Assert.Equal(frames, (await host.HashAsync(await WriteAsync(bytes))).Frames.Count);
    }

    [Theory]
    [InlineData("heic", true)]
    [InlineData("mif1heic", true)]
    // ffmpeg 5.1 takes it for a still, and says that it is none.
    [InlineData("avif", false)]
    public async Task A_film_with_the_brand_of_a_still_picture_is_looked_at(string brand, bool isRead)
    {
        await using var host = new VideoHost();
        var film = await ReadAsync(clips.Slideshow);
        // The major brand, and the first compatible one.
        Encoding.ASCII.GetBytes(brand[..4]).CopyTo(film.AsSpan(8));
        Encoding.ASCII.GetBytes(brand[4..]).CopyTo(film.AsSpan(16));
        var path = await WriteAsync(film);
        // The still is not there.
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(path)).Verdict);
        if (isRead) await ExpectSwirlAsync(host, path);
    }

    [Fact]
    public async Task A_film_behind_a_still_picture_is_looked_at()
    {
        await using var host = new VideoHost();
        var heic = await BehindAsync("landscape.heic");
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(heic)));
        await ExpectSwirlAsync(host, heic);
        // ffmpeg 5.1 does not look behind this one, and says so.
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(await BehindAsync("landscape.avif"))).Verdict);
    }

    [Fact]
    public async Task A_second_track_is_not_passed_over_in_silence()
    {
        await using var host = new VideoHost();
        string[] two = ["-i", clips.Flight, "-i", clips.Slideshow, "-map", "0:v", "-map", "1:v", "-c", "copy"];
        foreach (var name in new[] { "two.mp4", "two.mkv" })
            Assert.Equal((Verdict.NotScannable, ScanReason.OtherTracks), Outcome(await host.ScanAsync(clips.Make(name, two))));

        // A cover is no track.
        var cover = clips.Make("cover.mp4", ["-i", clips.Flight, "-i", TestData.Fixture("images/tiny.jpg"), "-map", "0:v", "-map", "1:v", "-c", "copy", "-disposition:v:1", "attached_pic"]);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(cover)));
    }

    [Fact]
    public async Task The_first_frame_alone_is_not_called_checked()
    {
        await using var host = new VideoHost(options => options.FfmpegDirectory = "/nowhere");
        var moving = clips.Make("first.avif", ["-i", clips.Slideshow, "-vf", "fps=1,scale=320:240", "-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "40"]);
        var result = await host.ScanAsync(moving);
        Assert.Equal((Verdict.NotScannable, ScanReason.NoDecoder), Outcome(result));
        Assert.Equal(HashKinds.None, result.Checked & HashKinds.Pdq);
    }

    [Fact]
    public async Task A_frame_above_the_limit_is_told_from_a_damaged_one()
    {
        await using var host = new VideoHost(options => options.Video.MaximumPixels = (640 * 480) - 1);
        Assert.Equal(ScanReason.TooManyPixels, (await host.ScanAsync(clips.Flight)).Reason);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (Verdict Verdict, ScanReason Reason) Outcome(ScanResult result) => (result.Verdict, result.Reason);

    private static async Task<IEnumerable<double>> TimesAsync(VideoHost host, string path) => (await host.HashAsync(path)).Frames.Select(frame => frame.Time.TotalSeconds);

    private static async Task ExpectSwirlAsync(VideoHost host, string path)
    {
        var swirl = await host.HashAsync(TestData.Fixture("images/swirl.jpg"));
        host.List("picture", MediaKind.Image, [swirl.Pdq!.Value.Hash]);
        var result = await host.ScanAsync(path);
        Assert.Equal((MediaKind.Image, 2 * VideoClips.SlideTime), (result.Media, Assert.Single(result.Matches).FrameTime));
    }

    /// <summary>A still picture and the slides in one file: in fragments, whose places are told from each other and not from the beginning.</summary>
    private async Task<string> BehindAsync(string still)
    {
        var film = await ReadAsync(clips.Make("fragments.mp4", ["-i", clips.Slideshow, "-c", "copy", "-movflags", "frag_keyframe+empty_moov+default_base_moof"]));
        return await WriteAsync([.. await ReadAsync(TestData.Fixture($"images/{still}")), .. film[BinaryPrimitives.ReadInt32BigEndian(film)..]]);
    }

    /// <summary>The flight as PNG pictures, one a second, changed on the way.</summary>
    private async Task<string> PicturesAsync(string container, Func<byte[], byte[]> change)
    {
        VideoClips.Run("ffmpeg", ["-v", "error", "-nostdin", "-i", clips.Flight, "-vf", "fps=1", Path.Combine(_folder, "%d.png")]);
        foreach (var png in Directory.GetFiles(_folder, "*.png"))
            await File.WriteAllBytesAsync(png, change(await ReadAsync(png)), TestContext.Current.CancellationToken);
        var video = Path.Combine(_folder, "pictures." + container);
        VideoClips.Run("ffmpeg", ["-v", "error", "-nostdin", "-framerate", "1", "-i", Path.Combine(_folder, "%d.png"), "-c", "copy", video]);
        return video;
    }

    private static void Replace(byte[] bytes, string name, string other)
    {
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name));
        Assert.True(at >= 0);
        Encoding.ASCII.GetBytes(other).CopyTo(bytes.AsSpan(at));
    }

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private async Task<string> WriteAsync(byte[] bytes)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return path;
    }
}
