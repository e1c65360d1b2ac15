using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>What a moving WebP may say of itself.</summary>
public class MovingWebPTests(VideoClips clips)
{
    private byte[] Moving => File.ReadAllBytes(clips.Make("moving.webp", ["-i", clips.Slideshow, "-vf", "fps=5,scale=320:240", "-c:v", "libwebp"]));

    [Fact]
    public async Task Frames_without_a_time_are_timed_as_browsers_time_them()
    {
        var webP = Moving;
        foreach (var frame in Frames(webP)) webP.AsSpan(frame + 20, 3).Clear();
        await using var host = new VideoHost();
        var picture = await host.HashAsync(TestData.Fixture("images/swirl.jpg"));
        host.List("picture", MediaKind.Image, [picture.Pdq!.Value.Hash]);
        // The twentieth, at ten a second.
        Assert.Equal(VideoClips.SlideTime, Assert.Single((await ScanAsync(host, webP)).Matches).FrameTime);
    }

    [Fact]
    public async Task A_canvas_beyond_the_limit_is_refused()
    {
        await using var host = new VideoHost(options => options.Video.MaximumPixels = (320 * 240) - 1);
        Assert.Equal(ScanReason.TooManyPixels, (await ScanAsync(host, Moving)).Reason);
    }

    [Theory]
    [InlineData(0x100_0000, 0x100_0000)]
    [InlineData(0x100_0000, 1)]
    [InlineData(100_000, 240)]
    [InlineData(320, 100_000)]
    public async Task A_side_beyond_all_codecs_is_refused(int width, int height)
    {
        var webP = Moving;
        BinaryPrimitives.WriteInt32LittleEndian(webP.AsSpan(24), width - 1);
        BinaryPrimitives.WriteUInt16LittleEndian(webP.AsSpan(27), (ushort)((height - 1) & 0xFFFF));
        webP[29] = (byte)((height - 1) >> 16);
        await using var host = new VideoHost();
        Assert.Equal(Verdict.NotScannable, (await ScanAsync(host, webP)).Verdict);
        Assert.Empty((await HashAsync(host, webP)).Frames);
    }

    [Fact]
    public async Task Frames_beyond_the_limit_are_not_looked_at()
    {
        await using var host = new VideoHost(options => options.Video.MaximumDuration = TimeSpan.FromSeconds(4));
        var result = await ScanAsync(host, Moving);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooLong), (result.Verdict, result.Reason));
    }

    [Theory]
    [InlineData(0.0, ScanReason.Damaged)]
    [InlineData(0.5, ScanReason.Truncated)]
    public async Task A_cut_or_spoilt_file_is_no_clean_one(double share, ScanReason reason)
    {
        var webP = Moving;
        // One frame in the middle is noise, or the second half is missing.
        if (share == 0) webP.AsSpan(Frames(webP)[25] + 40, 200).Fill(0xA5);
        else webP = webP[..(int)(webP.Length * share)];
        await using var host = new VideoHost();
        Assert.Equal(reason, (await ScanAsync(host, webP)).Reason);
    }

    [Fact]
    public async Task More_frames_than_can_be_gone_over_are_refused()
    {
        var webP = Moving;
        var frames = Frames(webP);
        var first = webP[frames[0]..frames[1]];
        byte[] endless = [.. webP[..frames[0]], .. Enumerable.Repeat(first, 10_001).SelectMany(bytes => bytes)];
        BinaryPrimitives.WriteInt32LittleEndian(endless.AsSpan(4), endless.Length - 8);
        await using var host = new VideoHost();
        Assert.Equal(Verdict.NotScannable, (await ScanAsync(host, endless)).Verdict);
        Assert.Empty((await HashAsync(host, endless)).Frames);
    }

    /// <summary>Where each frame's chunk begins.</summary>
    private static List<int> Frames(byte[] webP)
    {
        var frames = new List<int>();
        for (var at = 12; at < webP.Length;)
        {
            if (webP.AsSpan(at).StartsWith("ANMF"u8)) frames.Add(at);
            var length = BinaryPrimitives.ReadInt32LittleEndian(webP.AsSpan(at + 4));
            at += 8 + length + (length & 1);
        }
        return frames;
    }

    private static async Task<ScanResult> ScanAsync(VideoHost host, byte[] content) =>
        await host.Get<IContentScanner>().ScanAsync(new MemoryStream(content), null, TestContext.Current.CancellationToken);

    private static async Task<ContentHashes> HashAsync(VideoHost host, byte[] content) =>
        await host.Get<IContentHasher>().HashAsync(new MemoryStream(content), null, TestContext.Current.CancellationToken);
}
