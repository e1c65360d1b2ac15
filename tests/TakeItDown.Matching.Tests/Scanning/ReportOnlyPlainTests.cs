using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Tests.Videos.Moving;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What only a reported way shows is too plain in every enforced one, and there "no match" would be a lie.</summary>
public class ReportOnlyPlainTests
{
    private const int Side = 160;

    private static readonly byte[] Shown = Grey("landscape.jpg");
    private static readonly byte[] Plain = new byte[Side * Side];

    [Fact]
    public async Task A_picture_that_only_its_transparency_shows()
    {
        var png = await File.ReadAllBytesAsync(TestData.Fixture("hostile/by-alpha-black.png"), TestContext.Current.CancellationToken);
        await ExpectTooPlainAsync(png, MatchWays.Backgrounds, Fixtures.Pdq("landscape.jpg"));
    }

    [Fact]
    public async Task A_TIFF_that_shows_something_on_its_second_page()
    {
        await ExpectTooPlainAsync(TiffFile.Make([Plain, Shown], Side), MatchWays.FurtherPages, Hash(Shown));
        await ExpectNoMatchAsync(TiffFile.Make([Shown, Plain], Side), MatchWays.FurtherPages);
        await ExpectNoMatchAsync(TiffFile.Make([Plain, Shown], Side), MatchWays.Backgrounds);
    }

    [Fact]
    public async Task A_moving_picture_that_shows_something_in_its_second_frame()
    {
        await ExpectTooPlainAsync(Moving(Png(Plain), Png(Shown)), MatchWays.FurtherPages, Hash(Shown));
        await ExpectNoMatchAsync(Moving(Png(Shown), Png(Plain)), MatchWays.FurtherPages);
        await ExpectNoMatchAsync(Moving(Png(Plain), Png(Shown)), MatchWays.Backgrounds);
    }

    [Fact]
    public async Task A_moving_picture_that_only_its_transparency_shows()
    {
        await ExpectTooPlainAsync(Moving(InAlpha(Shown), Png(Plain)), MatchWays.Backgrounds, Hash(Shown));
        // The frame beyond the first is reported for that, too.
        await ExpectTooPlainAsync(Moving(Png(Plain), InAlpha(Shown)), MatchWays.Backgrounds, Hash(Shown));
    }

    [Fact]
    public async Task A_picture_that_is_good_enough_only_turned()
    {
        var swirl = RasterPicture.Decode(Fixtures.Read("swirl.jpg"));
        for (var contrast = 2; ; contrast++)
        {
            var dull = swirl with { Pixels = [.. swirl.Pixels.Select(value => (byte)(value / contrast))] };
            var looks = PictureHash.Compute(dull.Buffer, exifOrientation: 1, allOrientations: true).Looks;
            var best = looks.MaxBy(look => look.Quality);
            if (looks[0].Quality == best.Quality) continue;
            using var host = Host(MatchWays.Turned, options => (options.AllOrientations, options.MinimumQuality) = (true, best.Quality!.Value));
            await host.SyncAsync("npo", ListsHost.Entry("1", best.Hash.ToValue()));
            var result = await host.ScanAsync(TiffFile.Make(dull, orientation: 1));
            Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), Answer(result));
            Assert.Equal(Verdict.Match, result.ReportOnly!.Verdict);
            return;
        }
    }

    [Fact]
    public async Task What_a_reported_way_showed_before_is_looked_at_again_in_an_enforced_one()
    {
        // The first frame, laid on white, is the second.
        using var host = Host(MatchWays.Backgrounds);
        await host.SyncAsync("npo", ListsHost.Entry("1", Hash(Shown)));
        var result = await host.ScanAsync(Moving(InAlpha(Shown), Png(Shown)));
        Assert.Equal(MatchWays.FurtherPages, Assert.Single(result.Matches).Way);
    }

    private static async Task ExpectTooPlainAsync(byte[] content, MatchWays reported, HashValue shown)
    {
        using var host = Host(reported);
        await host.SyncAsync("npo", ListsHost.Entry("1", Fixtures.Far));
        var result = await host.ScanAsync(content);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), Answer(result));
        Assert.False(result.Checked.Contains(HashKind.Pdq));
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(result.ReportOnly!));
        Assert.True(result.ReportOnly!.Checked.Contains(HashKind.Pdq));

        await host.SyncAsync("npo", ListsHost.Entry("2", shown));
        result = await host.ScanAsync(content);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), Answer(result));
        Assert.Equal(reported, Assert.Single(result.ReportOnly!.Matches).Way & reported);
    }

    private static async Task ExpectNoMatchAsync(byte[] content, MatchWays reported)
    {
        using var host = Host(reported);
        await host.SyncAsync("npo", ListsHost.Entry("1", Fixtures.Far));
        var result = await host.ScanAsync(content);
        Assert.Equal((Verdict.NoMatch, ScanReason.None, null), (result.Verdict, result.Reason, result.ReportOnly));
        Assert.True(result.Checked.Contains(HashKind.Pdq));
    }

    private static ListsHost Host(MatchWays reported, Action<MatchingOptions>? configure = null) => new(["npo"], builder => builder.Services.Configure<MatchingOptions>(options =>
    {
        options.ReportOnly = reported;
        configure?.Invoke(options);
    }));

    private static (Verdict Verdict, ScanReason Reason) Answer(ScanResult result) => (result.Verdict, result.Reason);

    private static HashValue Hash(byte[] grey) => PdqHasher.Hash(new PixelBuffer(grey, Side, Side, PixelFormat.Grey8)).Hash.ToValue();

    private static byte[] Moving(params byte[][] stills) => MovingFiles.Png(Side, Side, [.. stills.Select(still => new TestFrame(1000, still))]);

    private static byte[] Png(byte[] grey) => Png(grey, static (value, pixel) =>
    {
        pixel[..3].Fill(value);
        pixel[3] = 255;
    });

    /// <summary>Black that lets through a white page, and so looks like the picture there.</summary>
    private static byte[] InAlpha(byte[] grey) => Png(grey, static (value, pixel) => pixel[3] = (byte)(255 - value));

    private static byte[] Png(byte[] grey, Action<byte, Span<byte>> write)
    {
        var picture = new RawPicture(Side, Side);
        for (var i = 0; i < grey.Length; i++) write(grey[i], picture.Pixels.AsSpan(4 * i, 4));
        return picture.ToPng();
    }

    private static byte[] Grey(string name)
    {
        var picture = RasterPicture.Decode(Fixtures.Read(name));
        var grey = new byte[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++) grey[(y * Side) + x] = picture.Pixels[(y * picture.Height / Side * picture.Width) + (x * picture.Width / Side)];
        }
        return grey;
    }
}
