using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>A listed picture is found in whichever frame it is shown, however short, and an honest moving picture is let through.</summary>
public class MovingPictureTests(VideoClips clips)
{
    [Theory]
    [InlineData("gif")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task A_picture_is_found_in_one_of_many_frames(string format)
    {
        var (far, listed) = await StillsAsync(format);
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("swirl.jpg"));
        // Shown for 10 ms, at a place that no step of whole frames comes upon.
        for (var place = 0; place < 200; place += 67)
        {
            var frames = Enumerable.Range(0, 200).Select(frame => new TestFrame(frame == place ? 10 : 2000, frame == place ? listed : far)).ToArray();
            var match = Assert.Single((await host.ScanAsync(Join(format, frames))).Matches);
            Assert.Equal(place == 0 ? MatchWays.Whole : MatchWays.FurtherPages, match.Way);
            if (place > 0) Assert.Equal(TimeSpan.FromSeconds(2 * place), match.FrameTime);
        }
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task Without_a_listed_picture_there_is_no_match(string format)
    {
        var (far, other) = await StillsAsync(format);
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var result = await host.ScanAsync(Join(format, [.. Enumerable.Range(0, 300).Select(frame => new TestFrame(1200, frame % 2 == 0 ? far : other))]));
        Assert.Equal((Verdict.NoMatch, ScanReason.None, MediaKind.Image), (result.Verdict, result.Reason, result.Media));
        Assert.True(result.Checked.Contains(HashKind.Pdq));
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(1500)]
    public async Task A_GIF_of_two_slow_frames_is_whole(int milliseconds)
    {
        var (far, other) = await StillsAsync("gif");
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var result = await host.ScanAsync(MovingFiles.Gif(320, 240, [new(milliseconds, far), new(milliseconds, other)]));
        Assert.Equal((Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
    }

    [Theory]
    [InlineData("by-anim-short-long.gif")]
    [InlineData("by-anim-900.webp")]
    public async Task A_decoy_in_front_hides_nothing(string name)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        var result = await host.ScanAsync(await File.ReadAllBytesAsync(TestData.Fixture("hostile/" + name), TestContext.Current.CancellationToken));
        Assert.Equal(MatchWays.FurtherPages, Assert.Single(result.Matches).Way);
    }

    [Fact]
    public async Task An_ordinary_moving_WebP_is_no_match()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var webP = await File.ReadAllBytesAsync(TestData.Fixture("hostile/webp-ordinary-60x1000sq.webp"), TestContext.Current.CancellationToken);
        var result = await host.ScanAsync(webP);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task The_still_of_an_animated_PNG_and_its_frames_are_looked_at()
    {
        var (far, listed) = await StillsAsync("png");
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("swirl.jpg"));
        TestFrame[] others = [new(100, far), new(100, far)];
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(MovingFiles.Png(320, 240, others, cover: far))).Verdict);
        Assert.Equal(MatchWays.Whole, Assert.Single((await host.ScanAsync(MovingFiles.Png(320, 240, others, cover: listed))).Matches).Way);
        Assert.Equal(MatchWays.FurtherPages, Assert.Single((await host.ScanAsync(MovingFiles.Png(320, 240, [new(100, far), new(100, listed)], cover: far))).Matches).Way);
    }

    [Fact]
    public async Task What_ffmpeg_writes_is_read()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("swirl.jpg"));
        foreach (var (name, codec) in new[] { ("written.gif", "gif"), ("written.apng", "apng"), ("written.webp", "libwebp") })
        {
            var path = clips.Make(name, ["-i", clips.Slideshow, "-vf", "fps=5,scale=320:240", "-c:v", codec]);
            var result = await host.ScanAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal(2 * VideoClips.SlideTime, Assert.Single(result.Matches).FrameTime);
        }
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("png")]
    [InlineData("webp")]
    public async Task A_frame_that_is_damaged_or_cut_off_is_no_clean_picture(string format)
    {
        var (far, other) = await StillsAsync(format);
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var whole = Join(format, [new(1000, far), new(1000, other), new(1000, far)]);
        var cut = await host.ScanAsync(whole[..(whole.Length * 5 / 6)]);
        Assert.Equal(Verdict.NotScannable, cut.Verdict);
        Assert.Contains(cut.Reason, new[] { ScanReason.Truncated, ScanReason.Damaged });
        var spoilt = whole.ToArray();
        spoilt.AsSpan(whole.Length / 2, 500).Fill(0xA5);
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(spoilt)).Verdict);
    }

    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(9_999, 600)]
    public async Task A_GIF_of_endless_frames_is_answered_and_not_called_clean(int frames, int side)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        byte[] frame = [0x2C, 0, 0, 0, 0, (byte)side, (byte)(side >> 8), (byte)side, (byte)(side >> 8), 0, 2, 2, 0x44, 1, 0];
        byte[] gif = [.. "GIF89a"u8, 88, 2, 88, 2, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
        var result = await host.ScanAsync(gif);
        Assert.Equal(Verdict.NotScannable, result.Verdict);
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_moving_picture_the_scan_answers()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var random = new System.Random(11);
        foreach (var format in new[] { "gif", "png", "webp" })
        {
            var (far, other) = await StillsAsync(format);
            var whole = Join(format, [new(100, far), new(100, other, Blend: true), new(100, far, Disposal: 2)]);
            for (var i = 0; i < 60; i++)
            {
                var changed = whole.ToArray();
                for (var changes = random.Next(1, 6); changes > 0; changes--)
                    changed[random.Next(2) == 0 ? random.Next(changed.Length) : random.Next(60)] = (byte)random.Next(256);
                Assert.Contains((await host.ScanAsync(changed)).Verdict, new[] { Verdict.NoMatch, Verdict.NotScannable });
            }
        }
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Message.Contains("threw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_still_picture_does_not_move()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        foreach (var name in new[] { "landscape.png", "landscape.gif", "landscape.webp", "landscape-lossless.webp" })
        {
            var hashes = await host.Hasher.HashAsync(new MemoryStream(Fixtures.Read(name)), TestContext.Current.CancellationToken);
            Assert.Equal((ScanReason.None, 0), (hashes.Reason, hashes.Frames.Count));
        }
    }

    private static byte[] Join(string format, TestFrame[] frames) => format switch
    {
        "gif" => MovingFiles.Gif(320, 240, frames),
        "png" => MovingFiles.Png(320, 240, frames),
        _ => MovingFiles.WebP(320, 240, frames),
    };

    /// <summary>Two stills of one size: one of them the picture that is listed.</summary>
    private async Task<(byte[] Far, byte[] Listed)> StillsAsync(string format)
    {
        return (await MakeAsync("shapes"), await MakeAsync("swirl"));

        async Task<byte[]> MakeAsync(string name)
        {
            string[] codec = format switch { "webp" => ["-c:v", "libwebp"], "png" => ["-c:v", "png", "-pix_fmt", "rgb24", "-f", "image2"], _ => ["-c:v", "gif"] };
            var path = clips.Make($"still-{name}.{format}", ["-i", TestData.Fixture($"images/{name}.jpg"), "-vf", "scale=320:240", .. codec]);
            return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        }
    }
}
