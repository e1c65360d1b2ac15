using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Pictures.Pages;
using TakeItDown.Matching.Pictures.Vips;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>A listed picture is found on whichever page of a file it stands.</summary>
public class FurtherPageTests
{
    [Fact]
    public async Task The_second_picture_of_an_MPO_is_looked_at()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        var mpo = await File.ReadAllBytesAsync(TestData.Fixture("hostile/by-mpo.jpg"), TestContext.Current.CancellationToken);
        Assert.Equal(MatchWays.FurtherPages, Assert.Single((await host.ScanAsync(mpo)).Matches).Way);
    }

    [Fact]
    public async Task Whatever_stands_between_two_JPEGs_the_second_is_looked_at()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        byte[][] between = [[], new byte[100], [0xFF], [0xFF, 0xD8], [.. "<svg/>"u8], [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF], Fixtures.Read("swirl.jpg")];
        foreach (var bytes in between)
        {
            byte[] file = [.. Fixtures.Read("shapes.jpg"), .. bytes, .. Fixtures.Read("landscape.jpg")];
            Assert.Equal(Verdict.Match, (await host.ScanAsync(file)).Verdict);
            // Without the end of the first.
            Assert.Equal(Verdict.Match, (await host.ScanAsync([.. Fixtures.Read("shapes.jpg")[..^2], .. bytes, .. Fixtures.Read("landscape.jpg")])).Verdict);
        }
    }

    [Fact]
    public async Task A_phone_photograph_with_a_map_of_its_brightness_is_no_match()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        // The map is too plain to be told from others; a film may follow, in which anything may look like the beginning of a picture.
        var noise = new byte[200_000];
        new System.Random(1).NextBytes(noise);
        foreach (var map in new[] { "gradient.jpg", "landscape-gray.jpg" })
        {
            var result = await host.ScanAsync([.. Fixtures.Read("landscape.jpg"), .. Fixtures.Read(map), .. noise]);
            Assert.Equal((Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
            Assert.True(result.Checked.Contains(HashKind.Pdq));
        }
        // But if all are plain, nothing was judged.
        Assert.Equal(ScanReason.TooPlain, (await host.ScanAsync([.. Fixtures.Read("blank.jpg"), .. Fixtures.Read("gradient.jpg")])).Reason);
        // A second picture that is not plain, behind a plain one, was.
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync([.. Fixtures.Read("blank.jpg"), .. Fixtures.Read("landscape.jpg")])).Verdict);
    }

    [Fact]
    public async Task A_second_picture_that_is_cut_off_is_no_clean_one()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var result = await host.ScanAsync([.. Fixtures.Read("shapes.jpg"), .. Fixtures.Read("landscape.jpg")[..20_000]]);
        Assert.Equal((Verdict.NotScannable, ScanReason.Truncated), (result.Verdict, result.Reason));
    }

    [Fact]
    public void The_thumbnail_of_a_photograph_is_no_page()
    {
        var jpeg = Fixtures.Read("landscape.jpg");
        var thumbnail = Fixtures.Read("tiny.jpg");
        byte[] exif = [.. "Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"u8, .. thumbnail];
        byte[] file = [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
        Assert.Empty(JpegPages.Find(file).Pages);
        Assert.Equal([file.Length], JpegPages.Find([.. file, .. file]).Pages.Select(page => page.Offset));
    }

    [Fact]
    public async Task The_second_page_of_a_TIFF_that_begins_with_a_thumbnail_is_looked_at()
    {
        // The thumbnail says of itself that it is one; pages are looked at whatever they say.
        var tiff = TiffFile.Make([Grey("shapes.jpg"), Grey("landscape.jpg")], Side, newSubfileType: 1);
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        Assert.Equal(MatchWays.FurtherPages, Assert.Single((await host.ScanAsync(tiff)).Matches).Way);
    }

    [Fact]
    public void No_file_makes_the_search_for_JPEGs_long()
    {
        // Each might begin a picture, and leads on to all that follow.
        byte[] start = [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF];
        byte[] file = [.. Fixtures.Read("tiny.jpg"), .. Enumerable.Repeat(start, 2_000_000).SelectMany(bytes => bytes), .. new byte[20_000_000]];
        Assert.True(JpegPages.Find(file).HasMore);
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public async Task Of_JPEGs_64_are_looked_at(int count, bool hasMore)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var jpeg = Fixtures.Read("landscape-thumb.jpg");
        var result = await host.ScanAsync([.. Enumerable.Repeat(jpeg, count).SelectMany(bytes => bytes)]);
        Assert.Equal(hasMore ? (Verdict.NotScannable, ScanReason.TooManyFrames) : (Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(40, 39)]
    [InlineData(64, 63)]
    [InlineData(65, 63)]
    public async Task Every_page_of_a_TIFF_is_looked_at(int pages, int listed)
    {
        var (far, swirl) = (Grey("shapes.jpg"), Grey("swirl.jpg"));
        var tiff = TiffFile.Make([.. Enumerable.Range(0, pages).Select(page => page == listed ? swirl : far)], Side);
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("swirl.jpg"));
        var match = Assert.Single((await host.ScanAsync(tiff)).Matches);
        Assert.Equal(listed == 0 ? MatchWays.Whole : MatchWays.FurtherPages, match.Way);

        await using var other = await ScanHost.WithAsync(Fixtures.Far);
        var result = await other.ScanAsync(tiff);
        Assert.Equal(pages > 64 ? (Verdict.NotScannable, ScanReason.TooManyFrames) : (Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task A_page_that_cannot_be_decoded_is_no_clean_one()
    {
        var tiff = TiffFile.Make([Grey("shapes.jpg"), Grey("swirl.jpg")], Side);
        // The second page's rows lie behind the end of the file.
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(tiff.Length - 4 - (3 * 12) - 4), tiff.Length);
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), Outcome(await host.ScanAsync(tiff)));
    }

    [Fact]
    public async Task A_chain_of_pages_that_leads_back_ends()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var tiff = await File.ReadAllBytesAsync(TestData.Fixture("hostile/tiff-loop.tif"), TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.NotScannable, (await host.ScanAsync(tiff)).Verdict);
    }

    [Fact]
    public async Task Pages_that_cost_too_much_together_are_not_all_decoded()
    {
        await using var host = await ScanHost.WithAsync(options => options.Decoding.MaximumPixels = 50_000, Fixtures.Far);
        var page = Grey("shapes.jpg");
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(TiffFile.Make([page, page, page, page], Side))));
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyFrames), Outcome(await host.ScanAsync(TiffFile.Make([.. Enumerable.Repeat(page, 20)], Side))));
    }

    [Theory]
    [InlineData("heic")]
    [InlineData("avif")]
    public async Task The_second_picture_of_a_HEIF_is_looked_at(string format)
    {
        var file = Fixtures.Read("shapes-landscape." + format);
        foreach (var (listed, way) in new[] { ("shapes.jpg", MatchWays.Whole), ("landscape.jpg", MatchWays.FurtherPages) })
        {
            await using var host = await ScanHost.WithAsync(Fixtures.Pdq(listed));
            Assert.Equal(way, Assert.Single((await host.ScanAsync(file)).Matches).Way);
        }
        await using var other = await ScanHost.WithAsync(Fixtures.Far);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await other.ScanAsync(file)));
    }

    [Theory]
    [InlineData("shapes-landscape.heic")]
    [InlineData("shapes-landscape.avif")]
    [InlineData("landscape.heic")]
    [InlineData("landscape.avif")]
    public async Task Where_nobody_can_tell_how_many_pictures_a_HEIF_holds_it_is_no_clean_one(string name)
    {
        var file = Fixtures.Read(name);
        foreach (var (isVipsHere, reportOnly) in new[] { (true, MatchWays.None), (false, MatchWays.None), (false, MatchWays.FurtherPages) })
        {
            await using var host = await ScanHost.StartAsync(options => options.ReportOnly = reportOnly, builder =>
            {
                if (!isVipsHere) builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(VipsDecoder)));
                builder.AddImageDecoder<PartnersDecoder>();
            }, new FixedList("test", Fixtures.Far));
            var result = await host.ScanAsync(file);
            if (!isVipsHere) Assert.Equal((Verdict.NotScannable, ScanReason.NoDecoder), Outcome(result.ReportOnly ?? result));
            if (isVipsHere || reportOnly != MatchWays.None) Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(result));
        }
    }

    private const int Side = 160;

    private static (Verdict Verdict, ScanReason Reason) Outcome(ScanResult result) => (result.Verdict, result.Reason);

    /// <summary>Rows of grey.</summary>
    private static byte[] Grey(string name)
    {
        var sink = new GreySink();
        new TurboJpegDecoder().Decode(Fixtures.Read(name), ImageFormat.Jpeg, sink, CancellationToken.None);
        var grey = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++) grey[(y * Side) + x] = sink.Pixels[(y * sink.Height / Side * sink.Width) + (x * sink.Width / Side)];
        }
        return grey;
    }

    /// <summary>Reads the first picture of a HEIF, and does not know that there may be others.</summary>
    private sealed class PartnersDecoder : IImageDecoder
    {
        public string Name => "partner's";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => format is ImageFormat.Heif or ImageFormat.Avif;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            sink.Begin(Side, Side);
            var picture = Grey("shapes.jpg");
            for (var row = 0; row < Side; row++) sink.Write(row, picture.AsSpan(row * Side, Side), PixelFormat.Grey8);
            return new DecodeResult(DecodeStatus.Complete);
        }
    }

    private sealed class GreySink : IPictureSink
    {
        public byte[] Pixels { get; private set; } = [];

        public int Width { get; private set; }

        public int Height { get; private set; }

        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) => (Width, Height, Pixels) = (width, height, new byte[width * height]);

        public bool Wants(int row) => true;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) => pixels[..Width].CopyTo(Pixels.AsSpan(row * Width));
    }
}
