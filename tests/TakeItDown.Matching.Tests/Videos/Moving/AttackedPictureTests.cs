using System.Buffers;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Tests.Scanning;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>Files that people made who wanted to get a listed picture through, or to keep a server busy.</summary>
public class AttackedPictureTests
{
    // Signature, IHDR and acTL; then the first fcTL.
    private const int BeforeControl = 8 + 25 + 20;
    private const int BehindControl = BeforeControl + 38;

    [Theory]
    [InlineData(BeforeControl)]
    [InlineData(BehindControl)]
    public async Task The_palette_of_an_animated_PNG_may_stand_on_either_side_of_the_first_control(int place)
    {
        var still = Fixtures.Read("landscape-palette.png");
        var size = (still[18] << 8) | still[19];
        var moving = MovingFiles.Png(size, (still[22] << 8) | still[23], [new(100, still), new(100, still)]);
        byte[] file = [.. moving[..place], .. Chunk(still, "PLTE"u8), .. moving[place..]];
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(file)));
    }

    [Theory]
    [InlineData(BeforeControl)]
    [InlineData(BehindControl)]
    public void The_transparent_colour_of_an_animated_PNG_holds_for_every_frame(int place)
    {
        var still = Fixtures.Read("landscape-palette.png");
        var moving = MovingFiles.Png(16, 16, [new(100, still), new(100, still)]);
        byte[] file = [.. moving[..place], .. Chunk(still, "PLTE"u8), 0, 0, 0, 1, .. "tRNS"u8, 0, 0, 0, 0, 0, .. moving[place..]];
        var picture = new MovingPng(file);
        Assert.Equal(2, picture.Frames.Count);
        Assert.True(picture.MayBeTransparent);
        foreach (var frame in picture.Frames)
        {
            var written = new ArrayBufferWriter<byte>();
            picture.WriteStill(file, frame, written);
            Assert.True(written.WrittenSpan.IndexOf("tRNS"u8) > 0);
        }
    }

    [Fact]
    public async Task Every_look_at_a_transparent_canvas_is_counted()
    {
        // 80 frames of a pixel each, on a canvas of 9 million that shines through.
        var gif = new List<byte>([.. "GIF89a"u8, 3000 & 255, 3000 >> 8, 3000 & 255, 3000 >> 8, 0x80, 0, 0, 200, 30, 30, 10, 10, 200]);
        for (byte i = 0; i < 80; i++) gif.AddRange([0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, i, 0, i, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyFrames), Outcome(await host.ScanAsync([.. gif, 0x3B])));
    }

    [Fact]
    public void Frames_behind_the_end_of_a_WebP_are_not_played()
    {
        var still = Fixtures.Read("landscape.webp");
        var whole = MovingFiles.WebP(64, 64, [new(100, still), new(200, still)]);
        var frames = new MovingWebP(whole).Frames;
        Assert.Equal(2, frames.Count);
        Assert.Equal(frames, new MovingWebP([.. whole, .. MovingFiles.WebP(64, 64, [new(9000, still)])[44..]]).Frames);
    }

    [Fact]
    public async Task A_picture_with_the_brand_of_a_film_is_looked_at_as_a_picture()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        foreach (var name in new[] { "landscape.avif", "landscape.heic" })
        {
            var file = Fixtures.Read(name);
            var brand = file[8..12];
            "isom"u8.CopyTo(file.AsSpan(8));
            // Its own brand stands among the compatible ones, also where it is not repeated there.
            brand.CopyTo(file.AsSpan(16));
            Assert.Equal(MatchWays.Whole, Assert.Single((await host.ScanAsync([.. file, 0, 0, 0, 8, .. "moov"u8])).Matches).Way);
        }
    }

    [Fact]
    public void A_film_is_none()
    {
        byte[] file = [0, 0, 0, 0x20, .. "ftypisom\0\0\x02\0isomiso2avc1mp41"u8];
        Assert.Equal(new MediaType(MediaKind.Video, Video: VideoFormat.QuickTime), MediaSniffer.Sniff(file));
    }

    [Fact]
    public async Task Brands_without_end_are_no_format()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        byte[] far = [0, 0, 4, 0, .. "ftypisom\0\0\0\0"u8, .. Enumerable.Repeat("mp41"u8.ToArray(), 251).SelectMany(brand => brand), .. "avif"u8];
        Assert.Equal(ImageFormat.Avif, MediaSniffer.Sniff(far).Image);
        byte[] further = [0, 0, 0x20, 0, .. "ftypisom\0\0\0\0"u8, .. Enumerable.Repeat("mp41"u8.ToArray(), 2043).SelectMany(brand => brand), .. "avif"u8];
        Assert.Equal((Verdict.NotScannable, ScanReason.UnknownFormat), Outcome(await host.ScanAsync(further)));
    }

    [Fact]
    public async Task A_frame_longer_than_the_memory_allowed_is_not_copied()
    {
        await using var host = await ScanHost.WithAsync(options => options.Decoding.MaximumDecodeBytes = 8 << 20, Fixtures.Far);
        byte[] image = [0x2C, 0, 0, 0, 0, 16, 0, 16, 0, 0, 2];
        var block = new byte[256];
        block[0] = 255;
        byte[] gif = [
            .. "GIF89a"u8, 16, 0, 16, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. image, 2, 0x44, 1, 0,
            .. image, 2, 0x44, 1, .. Enumerable.Repeat(block, 40_000).SelectMany(bytes => bytes), 0, 0x3B];
        var sink = new CollectingSink(isPicture: true, isDrawnHere: true, host.Get<IOptions<MatchingOptions>>().Value, _ => true, progress: null);
        var status = host.Get<IEnumerable<IVideoDecoder>>().OfType<MovingPictureDecoder>().Single().Decode(gif, VideoFormat.Gif, sink, TestContext.Current.CancellationToken);
        Assert.Contains(status, new[] { VideoDecodeStatus.OverLimit, VideoDecodeStatus.Damaged });
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(gif)).Verdict);
    }

    [Fact]
    public async Task A_picture_longer_than_can_be_looked_at_in_one_piece_is_not_cut_in_silence()
    {
        await using var host = await ScanHost.WithAsync(options => options.LongestSpan = 10_000, Fixtures.Far);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyBytes), Outcome(await host.ScanAsync(Fixtures.Read("landscape.jpg"))));
        var hashes = await host.Hasher.HashAsync(new MemoryStream(Fixtures.Read("landscape.jpg")), TestContext.Current.CancellationToken);
        Assert.Equal(ScanReason.TooManyBytes, hashes.Reason);
        Assert.Null(hashes.Pdq);
    }

    [Fact]
    public void A_row_that_comes_twice_makes_no_frame_whole()
    {
        var canvas = new FrameCanvas(2, 2, new DecodeLimits(1000, 1000));
        canvas.Start(new MovingFrame(0, 0, 2, 2, TimeSpan.Zero, IsBlended: false, FrameDisposal.Keep, 0, 0, IsCut: false));
        canvas.Begin(2, 2);
        canvas.Write(0, [1, 2], PixelFormat.Grey8);
        canvas.Write(0, [1, 2], PixelFormat.Grey8);
        Assert.False(canvas.IsComplete);
        canvas.Write(1, [1, 2], PixelFormat.Grey8);
        Assert.True(canvas.IsComplete);
    }

    [Fact]
    public void A_canvas_that_did_not_change_is_not_looked_at_again()
    {
        var canvas = new FrameCanvas(2, 1, new DecodeLimits(1000, 1000));
        Assert.True(canvas.TakeChange());
        Assert.True(Draw(1));
        Assert.False(Draw(1));
        Assert.True(Draw(2));

        bool Draw(byte grey)
        {
            canvas.Start(new MovingFrame(0, 0, 2, 1, TimeSpan.Zero, IsBlended: false, FrameDisposal.Keep, 0, 0, IsCut: false));
            canvas.Begin(2, 1);
            canvas.Write(0, [grey, grey], PixelFormat.Grey8);
            return canvas.TakeChange();
        }
    }

    private static (Verdict Verdict, ScanReason Reason) Outcome(ScanResult result) => (result.Verdict, result.Reason);

    private static byte[] Chunk(byte[] png, ReadOnlySpan<byte> type)
    {
        var at = png.AsSpan().IndexOf(type);
        var length = (png[at - 4] << 24) | (png[at - 3] << 16) | (png[at - 2] << 8) | png[at - 1];
        return png[(at - 4)..(at + 8 + length)];
    }
}
