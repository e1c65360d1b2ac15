using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Decoding;
using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Tests.Decoding;

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

            using var sampler = new PictureSampler(Ample);
            sampler.Begin(picture.Width, picture.Height);
            var rows = Enumerable.Range(0, picture.Height).ToArray();
            random.Shuffle(rows);
            foreach (var row in rows)
            {
                if (sampler.Wants(row)) sampler.Write(row, whole.Row(row), picture.Format);
            }
            Assert.True(sampler.IsComplete);
            Assert.True(sampler.TryFinish(out var sampled));

            var expected = PdqPicture.Sample(whole);
            Assert.Equal((expected.Width, expected.Height, expected.Format), (sampled.Width, sampled.Height, sampled.Format));
            Span<byte> scratch = stackalloc byte[PdqPicture.RowScratch];
            for (var row = 0; row < expected.Height; row++)
            {
                Assert.Equal(NearestRow(pixels, stride, picture.Width, picture.Height, expected, row), expected.Row(row, scratch));
                Assert.Equal(expected.Row(row, scratch), sampled.Row(row, []));
            }
        }));
    }

    [Fact]
    public void Rows_that_never_came_are_black_and_the_picture_is_not_complete()
    {
        using var sampler = new PictureSampler(Ample);
        sampler.Begin(2, 2);
        sampler.Write(1, [1, 2, 3, 4, 5, 6], PixelFormat.Rgb24);
        Assert.False(sampler.IsComplete);
        Assert.True(sampler.TryFinish(out var picture));
        Assert.Equal(new byte[6], picture.Row(0, []).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], picture.Row(1, []).ToArray());
    }

    [Fact]
    public void A_decoder_that_changes_its_mind_about_the_format_is_found_out()
    {
        using var sampler = new PictureSampler(Ample);
        sampler.Begin(1, 2);
        sampler.Write(0, [1, 2, 3], PixelFormat.Rgb24);
        Assert.Throws<InvalidOperationException>(() => sampler.Write(1, [1], PixelFormat.Grey8));
    }

    /// <summary>Nearest neighbour, worked out anew.</summary>
    private static byte[] NearestRow(byte[] pixels, int stride, int width, int height, PdqPicture sampled, int row)
    {
        var bytes = PixelBuffer.BytesPerPixel(sampled.Format);
        var nearest = new byte[sampled.Width * bytes];
        for (var x = 0; x < sampled.Width; x++)
        {
            var (fromX, fromY) = ((long)x * width / sampled.Width, (long)row * height / sampled.Height);
            pixels.AsSpan((int)((fromY * stride) + (fromX * bytes)), bytes).CopyTo(nearest.AsSpan(x * bytes));
        }
        return nearest;
    }
}
