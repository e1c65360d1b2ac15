using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A picture that transparency carries is seen by people, and so by a scan: on white and on black.</summary>
public class TransparencyTests
{
    private static readonly RasterPicture Landscape = RasterPicture.Decode(Fixtures.Read("landscape.jpg"));
    private static readonly RasterPicture Swirl = RasterPicture.Decode(Fixtures.Read("swirl.jpg"));

    [Fact]
    public async Task A_picture_in_the_transparency_of_black_is_found()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        var content = await File.ReadAllBytesAsync(TestData.Fixture("hostile/by-alpha-black.png"), TestContext.Current.CancellationToken);
        var match = Assert.Single((await host.ScanAsync(content)).Matches);
        Assert.InRange(match.Distance, 0, 10);
        Assert.Equal((Orientation.AsStored, MatchWays.Backgrounds), (match.Orientation, match.Way));
    }

    [Theory]
    [InlineData(PixelFormat.Rgba32, 0)]
    [InlineData(PixelFormat.Rgba32, 255)]
    [InlineData(PixelFormat.Bgra32, 0)]
    [InlineData(PixelFormat.Bgra32, 255)]
    public async Task Pixels_that_are_handed_in_are_laid_on_white_and_on_black(PixelFormat format, byte background)
    {
        // One picture shines through another.
        var pixels = Mix(Swirl, Landscape, format);
        var (laid, other) = (Laid(pixels, background).Hash, Laid(pixels, (byte)(255 - background)).Hash);
        Assert.InRange(laid.DistanceTo(other), 32, 256);
        await using var host = await ScanHost.WithAsync(options => options.PdqDistance = 0, laid.ToValue());
        Assert.Equal(Verdict.Match, host.Scanner.Scan(pixels.Buffer).Verdict);
        if (format != PixelFormat.Rgba32) return;
        // And in a file, which is stored turned.
        var turned = Assert.Single((await host.ScanAsync(TiffFile.Make(pixels.Displayed(8), 6))).Matches);
        Assert.Equal((Orientation.AsDisplayed, MatchWays.Backgrounds, 0), (turned.Orientation, turned.Way, turned.Distance));
    }

    [Fact]
    public async Task Without_its_alpha_it_is_found_as_before()
    {
        var pixels = Mix(Swirl, Landscape, PixelFormat.Rgba32);
        await using var host = await ScanHost.WithAsync(options => options.PdqDistance = 0, pixels.Hash.ToValue());
        Assert.Equal(Verdict.Match, (await host.ScanAsync(TiffFile.Make(pixels, 1))).Verdict);
    }

    [Fact]
    public void An_opaque_picture_is_looked_at_once()
    {
        var pixels = Mix(Swirl, Landscape, PixelFormat.Rgba32);
        for (var i = 3; i < pixels.Pixels.Length; i += 4) pixels.Pixels[i] = 255;
        Assert.Single(PictureHash.Compute(pixels.Buffer, 1, allOrientations: false).Looks);
        Assert.Equal(8, PictureHash.Compute(pixels.Buffer, 1, allOrientations: true).Looks.Count);
        pixels.Pixels[3] = 0;
        var looks = PictureHash.Compute(pixels.Buffer, 1, allOrientations: false).Looks;
        Assert.Equal((pixels.Hash, false), (looks[0].Hash, looks[0].IsLaid));
        pixels = Mix(Swirl, Landscape, PixelFormat.Rgba32);
        looks = PictureHash.Compute(pixels.Buffer, 1, allOrientations: false).Looks;
        Assert.Equal([false, true, true], looks.Select(look => look.IsLaid));
        Assert.Equal([pixels.Hash, Laid(pixels, 255).Hash, Laid(pixels, 0).Hash], looks.Select(look => look.Hash));
    }

    [Fact]
    public async Task Too_plain_is_what_is_too_plain_on_every_background()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var pixels = Mix(Swirl, Landscape, PixelFormat.Rgba32);
        // Black with a picture in its alpha: on white there is one.
        for (var i = 0; i < pixels.Pixels.Length; i += 4) pixels.Pixels.AsSpan(i, 3).Clear();
        Assert.Equal(0, PdqHasher.Hash(pixels.Buffer).Quality);
        var result = host.Scanner.Scan(pixels.Buffer);
        Assert.Equal((Verdict.NoMatch, HashKinds.Pdq), (result.Verdict, result.Checked));
        // The same everywhere half transparent.
        for (var i = 3; i < pixels.Pixels.Length; i += 4) pixels.Pixels[i] = 128;
        Assert.Equal(ScanReason.TooPlain, host.Scanner.Scan(pixels.Buffer).Reason);
    }

    [Fact]
    public void Frames_that_differ_in_their_transparency_alone_are_each_looked_at()
    {
        var seen = new HashSet<(PdqHash, bool)>();
        foreach (var (alpha, isNew) in new[] { (Landscape, true), (Swirl, true), (Landscape, false) })
        {
            var pixels = Mix(Swirl, alpha, PixelFormat.Rgba32);
            for (var i = 0; i < pixels.Pixels.Length; i += 4) pixels.Pixels.AsSpan(i, 3).Clear();
            var frame = FrameHash.Compute(TimeSpan.Zero, pixels.Buffer, exifOrientation: 1, allOrientations: false);
            Assert.Equal(isNew, frame.IsNew(seen, minimumQuality: 50));
            Assert.Contains(frame.ForLookup(minimumQuality: 50), look => look.Hash == Laid(pixels, 255).Hash);
        }
    }

    /// <summary>The colours of one picture, and the brightness of another as transparency.</summary>
    private static RasterPicture Mix(RasterPicture colours, RasterPicture alpha, PixelFormat format)
    {
        Assert.Equal((PixelFormat.Grey8, PixelFormat.Grey8), (colours.Format, alpha.Format));
        var (width, height) = (Math.Min(colours.Width, alpha.Width), Math.Min(colours.Height, alpha.Height));
        var pixels = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 4;
                pixels.AsSpan(at, 3).Fill(colours.Pixels[(y * colours.Width) + x]);
                pixels[at + 1] ^= 0x55;
                pixels[at + 3] = alpha.Pixels[(y * alpha.Width) + x];
            }
        }
        return new RasterPicture(width, height, format, pixels);
    }

    /// <summary>As a viewer shows it, worked out anew.</summary>
    private static RasterPicture Laid(RasterPicture picture, byte background)
    {
        var pixels = picture.Pixels.ToArray();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var share = pixels[i + 3] / 255.0;
            for (var channel = 0; channel < 3; channel++) pixels[i + channel] = (byte)Math.Round((pixels[i + channel] * share) + (background * (1 - share)));
            pixels[i + 3] = 255;
        }
        return picture with { Pixels = pixels };
    }
}
