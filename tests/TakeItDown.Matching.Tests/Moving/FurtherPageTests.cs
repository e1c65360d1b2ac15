using System.Buffers.Binary;
using TakeItDown.Matching.Decoding.Pages;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Moving;

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
        var tiff = Tiff([Grey("shapes.jpg"), Grey("landscape.jpg")], newSubfileType: 1);
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
        var tiff = Tiff([.. Enumerable.Range(0, pages).Select(page => page == listed ? swirl : far)]);
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
        var tiff = Tiff([Grey("shapes.jpg"), Grey("swirl.jpg")]);
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
        await using var host = await ScanHost.WithAsync(options => options.MaximumPixels = 50_000, Fixtures.Far);
        var page = Grey("shapes.jpg");
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Outcome(await host.ScanAsync(Tiff([page, page, page, page]))));
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyFrames), Outcome(await host.ScanAsync(Tiff([.. Enumerable.Repeat(page, 20)]))));
    }

    private const int Side = 160;

    private static (Verdict Verdict, ScanReason Reason) Outcome(ScanResult result) => (result.Verdict, result.Reason);

    /// <summary>Rows of grey.</summary>
    private static byte[] Grey(string name)
    {
        var sink = new GreySink();
        new TakeItDown.Matching.Decoding.TurboJpegDecoder().Decode(Fixtures.Read(name), ImageFormat.Jpeg, sink, CancellationToken.None);
        var grey = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++) grey[(y * Side) + x] = sink.Pixels[(y * sink.Height / Side * sink.Width) + (x * sink.Width / Side)];
        }
        return grey;
    }

    /// <summary>A TIFF of a page for each.</summary>
    private static byte[] Tiff(byte[][] pages, int newSubfileType = 0)
    {
        const int Entries = 10, Length = 2 + (Entries * 12) + 4;
        var tiff = new List<byte>([.. "II*\0"u8, .. BitConverter.GetBytes(8 + (pages.Length * Side * Side))]);
        foreach (var page in pages) tiff.AddRange(page);
        for (var i = 0; i < pages.Length; i++)
        {
            var next = i == pages.Length - 1 ? 0 : tiff.Count + Length;
            (int Tag, int Value)[] entries = [
                (254, i == 0 ? newSubfileType : 0), (256, Side), (257, Side), (258, 8), (259, 1), (262, 1), (273, 8 + (i * Side * Side)), (277, 1), (278, Side), (279, Side * Side)];
            tiff.AddRange(BitConverter.GetBytes((short)Entries));
            foreach (var (tag, value) in entries) tiff.AddRange([.. BitConverter.GetBytes((short)tag), 4, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(value)]);
            tiff.AddRange(BitConverter.GetBytes(next));
        }
        return [.. tiff];
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
