using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Bmp;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Pictures.Pages;
using TakeItDown.Matching.Pictures.Vips;
using TakeItDown.Matching.Tests.Scanning;
using TakeItDown.Matching.Videos.Ffmpeg;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>No bytes make a reader or a scan throw. For a longer search, set TAKEITDOWN_FUZZ_SECONDS.</summary>
public class HostileBytesTests(ITestOutputHelper output)
{
    private static readonly string[] Pictures =
    [
        "animated.gif", "landscape-16bit.png", "landscape-cmyk.jpg", "landscape-exif6.jpg", "landscape-palette.png", "landscape-progressive.jpg",
        "landscape-thumb.jpg", "landscape.avif", "landscape.bmp", "landscape.gif", "landscape.heic", "landscape.tiff", "landscape.webp", "tiny4.png",
    ];

    // Bytes as they come, or behind the first bytes of a known format, so that the reader goes on; or a fixture with some bytes changed.
    private static readonly Gen<byte[]> Noise = Gen.Choose(0, 400).SelectMany(length => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length));
    private static readonly Gen<byte[]> Behind = from start in Gen.Elements(Pictures.Select(name => Fixtures.Read(name)[..24]).ToArray())
                                                 from length in Gen.Choose(0, 24)
                                                 from noise in Noise
                                                 select (byte[])[.. start[..length], .. noise];
    private static readonly Gen<byte[]> Changed = from content in Gen.Elements(Pictures.Select(name => Fixtures.Read(name)).Where(content => content.Length < 100_000).ToArray())
                                                  from seed in Gen.Choose(0, int.MaxValue)
                                                  select Mutate(content, new System.Random(seed));

    [Fact]
    public void The_sniffer_reads_anything() => Survives(content => MediaSniffer.Sniff(content));

    [Fact]
    public void The_jpeg_header_reader_reads_anything() => Survives(content =>
    {
        var header = JpegHeader.Read(content);
        Assert.InRange(header.Orientation, 1, 8);
        Assert.True(header.CoefficientBytes >= 0);
    });

    [Fact]
    public void The_exif_reader_reads_anything() => Survives(content =>
    {
        Assert.InRange(ExifOrientation.Read(content), 1, 8);
        Assert.InRange(ExifOrientation.Read([.. "MM\0*\0\0\0\x08"u8, .. content]), 1, 8);
    });

    [Fact]
    public void The_bitmap_decoder_reads_anything() => Survives(content =>
    {
        using var sampler = new PictureSampler(new DecodeLimits(100_000, 1_000_000));
        new BmpDecoder().Decode(content, ImageFormat.Bmp, sampler, CancellationToken.None);
    });

    [Fact]
    public void The_readers_of_containers_read_anything() => Survives(content =>
    {
        Animation.Sniff(content, ImageFormat.Gif);
        Animation.Sniff(content, ImageFormat.WebP);
        Animation.Sniff(content, MediaSniffer.Sniff(content).Image);
        Assert.True(FirstPicture.OfGif(content).Length <= content.Length);
        Assert.True(OpeningCost.Png(content) >= 0);
        Assert.True(OpeningCost.WebP(content) >= 0);
        Assert.True(OpeningCost.Tiff(content) >= 0);
        Assert.True(FirstPicture.OfWebP(content).Length <= content.Length);
        MovingPng.IsMoving(content);
        JpegPages.Find(content);
        Assert.InRange(TiffPages.Count(content, 65), 0, 65);
        AsfLength.IsCutShort(content);
    });

    [Fact]
    public void The_readers_of_moving_pictures_read_anything() => Survives(content =>
    {
        var still = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var format in new[] { VideoFormat.Gif, VideoFormat.WebP, VideoFormat.Apng })
        {
            var picture = MovingPicture.Read(content, format);
            foreach (var frame in picture.Frames)
            {
                still.ResetWrittenCount();
                picture.WriteStill(content, frame, still);
                Assert.True(frame.Shown > TimeSpan.Zero && frame.Width > 0 && frame.Height > 0);
                Assert.InRange(still.WrittenCount, 8, content.Length + 2000);
            }
        }
    });

    [Fact]
    public async Task A_scan_answers_whatever_was_uploaded()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("TAKEITDOWN_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        var seed = asked > 0 ? Environment.TickCount : 1;
        output.WriteLine($"seed {seed}");
        var random = new System.Random(seed);
        var originals = Pictures.Select(Fixtures.Read).ToArray();
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = 50_000, Fixtures.Far);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < TimeSpan.FromSeconds(seconds); count++)
        {
            var content = Mutate(originals[count % originals.Length], random);
            var result = await host.ScanAsync(content);
            Assert.Contains(result.Verdict, new[] { Verdict.NoMatch, Verdict.NotScannable });
            Assert.Equal(content.Length, result.Length);
        }
        output.WriteLine($"{count} scans");
        Assert.True(count >= originals.Length);
        // What is broken is an answer of a decoder, and not something it fell over.
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Message.Contains("threw", StringComparison.Ordinal));
    }

    private static void Survives(Action<byte[]> read) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(600),
        Prop.ForAll(Gen.OneOf(Noise, Behind, Changed).ToArbitrary(), content =>
        {
            read(content);
            return true;
        }));

    /// <summary>Changes, cuts and repeats, more often near the beginning, where headers are.</summary>
    private static byte[] Mutate(byte[] original, System.Random random)
    {
        var content = original.ToArray();
        var reach = random.Next(2) == 0 ? content.Length : Math.Min(content.Length, 1000);
        for (var changes = random.Next(1, 12); changes > 0; changes--)
        {
            var at = random.Next(reach);
            content[at] = random.Next(4) switch { 0 => 0, 1 => 255, 2 => (byte)(content[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }
        return random.Next(6) switch
        {
            0 => content[..random.Next(content.Length)],
            1 => [.. content, .. content[random.Next(content.Length)..]],
            _ => content,
        };
    }
}
