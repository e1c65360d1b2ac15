using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Which way up: a picture is found as it is stored and as it is shown, and on demand in all eight orientations.</summary>
public class OrientationTests
{
    private static readonly byte[] Jpeg = Fixtures.Read("landscape.jpg");
    private static readonly RasterPicture Picture = RasterPicture.Decode(Jpeg);

    public static TheoryData<int> ExifOrientations => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(ExifOrientations))]
    public async Task A_picture_is_found_as_it_is_displayed(int exif)
    {
        var displayed = Picture.Displayed(exif).Hash;
        await using var host = await ScanHost.WithAsync(displayed.ToValue());
        foreach (var bigEndian in new[] { false, true })
        {
            var result = await host.ScanAsync(WithExif(Jpeg, exif, bigEndian));
            var match = Assert.Single(result.Matches);
            Assert.Equal((exif == 1 ? Orientation.AsStored : Orientation.AsDisplayed, MatchWays.Whole, 0), (match.Orientation, match.Way, match.Distance));
        }
        // Without the mark, only what is stored is looked for.
        Assert.Equal(exif == 1 ? Verdict.Match : Verdict.NoMatch, (await host.ScanAsync(Jpeg)).Verdict);
    }

    [Theory]
    [MemberData(nameof(ExifOrientations))]
    public async Task A_picture_is_found_as_it_is_stored_whatever_its_exif_says(int exif)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        Assert.Equal(Orientation.AsStored, Assert.Single((await host.ScanAsync(WithExif(Jpeg, exif, false))).Matches).Orientation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public async Task An_orientation_that_does_not_exist_is_none(int exif)
    {
        await using var host = await ScanHost.WithAsync(options => options.PdqDistance = 20, Fixtures.Reference("landscape.jpg").Dihedral[1].ToValue());
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(WithExif(Jpeg, exif, false))).Verdict);
    }

    [Fact]
    public async Task All_orientations_are_looked_up_on_demand_under_the_references_names()
    {
        foreach (var orientation in PdqSpectrum.DihedralOrder.ToArray())
        {
            // The hash of a file that stores the picture turned so.
            var turned = Picture.Displayed(RasterPicture.Exif(orientation)).Hash;
            await using var host = await ScanHost.WithAsync(options => (options.AllOrientations, options.PdqDistance) = (true, 0), turned.ToValue());
            foreach (var result in new[] { await host.ScanAsync(Jpeg), host.Scanner.Scan(Picture.Buffer) })
            {
                var match = Assert.Single(result.Matches);
                Assert.Equal((orientation, orientation == Orientation.AsStored ? MatchWays.Whole : MatchWays.Turned), (match.Orientation, match.Way));
            }
        }
    }

    [Theory]
    [InlineData(Orientation.Rotate90, 8)]
    [InlineData(Orientation.Rotate180, 3)]
    [InlineData(Orientation.Rotate270, 6)]
    [InlineData(Orientation.FlipX, 4)]
    [InlineData(Orientation.FlipY, 2)]
    [InlineData(Orientation.FlipPlus1, 5)]
    [InlineData(Orientation.FlipMinus1, 7)]
    public void The_variants_are_the_hashes_of_turned_pixels(Orientation orientation, int exif)
    {
        var hashes = new PdqHash[PdqHasher.DihedralCount];
        PdqHasher.HashDihedral(Picture.Buffer, hashes);
        var turned = Picture.Displayed(exif).Hash;
        var distances = hashes.Select(hash => hash.DistanceTo(turned)).ToArray();
        // A turned picture is sampled at other pixels, and so differs by a few bits from the turned spectrum.
        Assert.InRange(distances[PdqSpectrum.DihedralOrder.IndexOf(orientation)], 0, 20);
        Assert.Equal(PdqSpectrum.DihedralOrder.IndexOf(orientation), Array.IndexOf(distances, distances.Min()));
    }

    [Fact]
    public async Task A_fixture_that_says_how_it_was_held_is_found_upright()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        Assert.Equal(Orientation.AsDisplayed, Assert.Single((await host.ScanAsync(Fixtures.Read("landscape-exif6.jpg"))).Matches).Orientation);
    }

    [Fact]
    public async Task Pixels_and_hashes_are_scanned_as_they_are()
    {
        var hash = Picture.Hash;
        await using var host = await ScanHost.WithAsync(hash.ToValue());
        var pixels = Assert.Single(host.Scanner.Scan(Picture.Buffer).Matches);
        Assert.Equal((Orientation.AsStored, 0), (pixels.Orientation, pixels.Distance));
        var hashes = Assert.Single(host.Scanner.Scan([hash.ToValue()]).Matches);
        Assert.Equal((null, null, MatchWays.Whole), (hashes.Orientation, hashes.Quality, hashes.Way));
        Assert.Equal((Verdict.NotScannable, ScanReason.Empty), (host.Scanner.Scan([]).Verdict, host.Scanner.Scan([]).Reason));
        Assert.Throws<ArgumentException>(() => host.Scanner.Scan([default]));
    }

    /// <summary>Puts an EXIF segment with nothing but an orientation behind the first two bytes.</summary>
    internal static byte[] WithExif(byte[] jpeg, int orientation, bool bigEndian)
    {
        var value = (byte)orientation;
        byte[] tiff = bigEndian
            ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
            : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(2 + 6 + tiff.Length), .. "Exif\0\0"u8, .. tiff, .. jpeg[2..]];
    }
}
