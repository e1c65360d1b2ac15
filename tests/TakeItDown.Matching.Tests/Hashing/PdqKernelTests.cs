using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Hashing.Pdq;
using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Tests.Hashing;

/// <summary>Every kernel gives the bits of the scalar one, on pictures of every size and kind.</summary>
public class PdqKernelTests
{
    private static readonly PdqKernel Scalar = PdqKernel.Table.Single(kernel => kernel.Width == KernelWidth.Scalar).Run;

    public static TheoryData<string> Supported =>
        [.. PdqKernel.Table.Where(kernel => kernel.IsSupported && kernel.Width != KernelWidth.Scalar).Select(kernel => kernel.ToString())];

    [Theory]
    [MemberData(nameof(Supported))]
    public void Same_bits_as_the_scalar_kernel(string width)
    {
        var kernel = PdqKernel.Table.Single(candidate => candidate.ToString() == width).Run;
        var sides = Gen.OneOf(Gen.Choose(1, 80), Gen.Choose(81, 700), Gen.Elements(64, 127, 128, 129, 256, 257, 384, 511, 512, 513));
        var pictures = from size in sides.Two()
                       from format in Gen.Elements(PixelFormat.Grey8, PixelFormat.Rgb24, PixelFormat.Bgra32)
                       from seed in Gen.Choose(0, int.MaxValue)
                       from noise in Gen.Choose(0, 255)
                       select (Width: size.Item1, Height: size.Item2, Format: format, Seed: seed, Noise: noise);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(pictures.ToArbitrary(), picture => Same(kernel, Picture(picture.Width, picture.Height, picture.Format, picture.Seed, picture.Noise), picture)));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Same_bits_for_frames_at_full_size(string width)
    {
        var kernel = PdqKernel.Table.Single(candidate => candidate.ToString() == width).Run;
        foreach (var (columns, rows) in new[] { (1280, 720), (719, 1281), (1921, 1079), (16384, 5) })
        {
            var picture = Picture(columns, rows, PixelFormat.Rgb24, columns, 60);
            using var luma = LumaPlane.ForFrames(columns, rows);
            luma.Fill(0, picture);
            float[] expected = new float[PdqSpectrum.Length], actual = new float[PdqSpectrum.Length];
            var quality = Scalar.Transform(luma, expected);
            luma.Fill(0, picture);
            Assert.Equal(quality, kernel.Transform(luma, actual));
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(1281, 723)]
    [InlineData(301, 1920)]
    [InlineData(512, 512)]
    public void A_frame_is_sampled_as_a_picture_is(int width, int height)
    {
        var pixels = Picture(width, height, PixelFormat.Rgb24, seed: width, noise: 60);
        using var frame = LumaPlane.ForFrames(width, height);
        // In two pieces, as they come.
        frame.Fill(0, pixels.AsSpan(0, 100 * 3 * width));
        frame.Fill(100, pixels.AsSpan(100 * 3 * width));
        using var sampled = frame.Sample();
        using var picture = LumaPlane.FromPixels(new PixelBuffer(pixels, width, height, PixelFormat.Rgb24));
        for (var row = 0; row < picture.Height; row++) Assert.Equal(picture.Row(row), sampled.Row(row));
    }

    [Fact]
    public void The_scalar_kernel_ends_the_table_and_the_widest_begins_it()
    {
        Assert.Equal(PdqKernel.Table.Select(kernel => kernel.Width).OrderDescending(), PdqKernel.Table.Select(kernel => kernel.Width));
        Assert.True(PdqKernel.Table[^1].IsSupported);
    }

    private static bool Same(PdqKernel kernel, byte[] pixels, (int Width, int Height, PixelFormat Format, int Seed, int Noise) picture)
    {
        var buffer = new PixelBuffer(pixels, picture.Width, picture.Height, picture.Format);
        var (expected, expectedQuality) = Transform(Scalar, buffer);
        var (actual, quality) = Transform(kernel, buffer);
        return expectedQuality == quality && MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual));
    }

    private static (float[] Spectrum, int Quality) Transform(PdqKernel kernel, PixelBuffer picture)
    {
        using var luma = LumaPlane.FromPixels(picture);
        var spectrum = new float[PdqSpectrum.Length];
        return (spectrum, kernel.Transform(luma, spectrum));
    }

    /// <summary>Waves with noise on them: features at every scale, and values that do not add up exactly.</summary>
    private static byte[] Picture(int width, int height, PixelFormat format, int seed, int noise)
    {
        var random = new System.Random(seed);
        var bytesPerPixel = PixelBuffer.BytesPerPixel(format);
        var pixels = new byte[width * height * bytesPerPixel];
        double across = random.NextDouble() / 10, down = random.NextDouble() / 10;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i / bytesPerPixel % width, i / bytesPerPixel / width);
            pixels[i] = (byte)Math.Clamp(128 + (100 * Math.Sin((x * across) + (y * down))) + (random.NextDouble() * noise), 0, 255);
        }
        return pixels;
    }
}
