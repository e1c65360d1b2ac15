using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>Rows that come one by one are sampled like a picture that is there as a whole.</summary>
public class PictureSamplerTests
{
    private static readonly DecodeLimits Ample = new(100_000_000, 100_000_000);

    [Fact]
    public void Keeps_the_pixels_that_the_hash_samples()
    {
        var sides = Gen.OneOf(Gen.Choose(1, 600), Gen.Elements(511, 512, 513, 1023, 1024, 1025, 1500));
        var pictures = from size in sides.Two()
                       from format in Gen.Elements(PixelFormat.Grey8, PixelFormat.Rgb24, PixelFormat.Rgba32, PixelFormat.Bgra32)
                       from padding in Gen.Choose(0, 5)
                       from seed in Gen.Choose(0, int.MaxValue)
                       select (Width: size.Item1, Height: size.Item2, Format: format, Padding: padding, Seed: seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(pictures.ToArbitrary(), picture =>
        {
            var stride = (picture.Width * PixelBuffer.BytesPerPixel(picture.Format)) + picture.Padding;
            var pixels = new byte[stride * picture.Height];
            var random = new System.Random(picture.Seed);
            random.NextBytes(pixels);
            var whole = new PixelBuffer(pixels, picture.Width, picture.Height, picture.Format, stride);

            using var sampler = new PictureSampler(Ample, allOrientations: true);
            sampler.Begin(picture.Width, picture.Height);
            var rows = Enumerable.Range(0, picture.Height).ToArray();
            random.Shuffle(rows);
            foreach (var row in rows)
            {
                if (sampler.Wants(row)) sampler.Write(row, whole.Row(row), picture.Format);
            }
            Assert.True(sampler.IsComplete);

            var raster = new RasterPicture(picture.Width, picture.Height, picture.Format, Unpadded(whole));
            foreach (var orientation in PdqSpectrum.DihedralOrder)
            {
                Assert.True(sampler.Covers(orientation));
                var expected = raster.Displayed(RasterPicture.Exif(orientation));
                var sampled = sampler.Finish(orientation);
                var turned = new byte[sampled.Width * sampled.Height * PixelBuffer.BytesPerPixel(sampled.Format)];
                PictureTurn.Of(orientation).Write(sampled, turned);
                Assert.Equal(Nearest(expected), turned);
            }
            // What a picture that is there as a whole is sampled to.
            var stored = PdqPicture.Sample(whole);
            Span<byte> scratch = stackalloc byte[PdqPicture.RowScratch];
            for (var row = 0; row < stored.Height; row++) Assert.Equal(stored.Row(row, scratch), sampler.Finish(Orientation.AsStored).Row(row));
        }));
    }

    [Fact]
    public void Rows_that_never_came_are_black_and_the_picture_is_not_complete()
    {
        using var sampler = new PictureSampler(Ample);
        sampler.Begin(2, 2);
        sampler.Write(1, [1, 2, 3, 4, 5, 6], PixelFormat.Rgb24);
        Assert.False(sampler.IsComplete);
        var picture = sampler.Finish(Orientation.AsStored);
        Assert.Equal(new byte[6], picture.Row(0).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], picture.Row(1).ToArray());
    }

    [Fact]
    public void A_decoder_that_changes_its_mind_about_the_format_is_found_out()
    {
        using var sampler = new PictureSampler(Ample);
        sampler.Begin(1, 2);
        sampler.Write(0, [1, 2, 3], PixelFormat.Rgb24);
        Assert.Throws<InvalidOperationException>(() => sampler.Write(1, [1], PixelFormat.Grey8));
    }

    [Theory]
    [InlineData(600, 400)]
    [InlineData(512, 512)]
    public void Only_the_orientations_that_are_looked_at_are_sampled(int width, int height)
    {
        using var sampler = new PictureSampler(Ample);
        sampler.Begin(width, height, exifOrientation: 6);
        Assert.True(sampler.Covers(Orientation.AsStored));
        Assert.True(sampler.Covers(Orientation.Rotate270));
        // It counts from the other side; a picture that is kept whole has its pixels all the same.
        Assert.Equal(width <= 512, sampler.Covers(Orientation.Rotate90));
    }

    private static byte[] Unpadded(PixelBuffer picture)
    {
        var pixels = new List<byte>();
        for (var row = 0; row < picture.Height; row++) pixels.AddRange(picture.Row(row));
        return [.. pixels];
    }

    /// <summary>Nearest neighbour, worked out anew.</summary>
    private static byte[] Nearest(RasterPicture picture)
    {
        if (picture.Width <= 512 && picture.Height <= 512) return picture.Pixels;
        var bytes = PixelBuffer.BytesPerPixel(picture.Format);
        var nearest = new byte[512 * 512 * bytes];
        for (var y = 0; y < 512; y++)
        {
            for (var x = 0; x < 512; x++)
            {
                var from = ((y * picture.Height / 512 * picture.Width) + (x * picture.Width / 512)) * bytes;
                picture.Pixels.AsSpan(from, bytes).CopyTo(nearest.AsSpan(((y * 512) + x) * bytes));
            }
        }
        return nearest;
    }
}
