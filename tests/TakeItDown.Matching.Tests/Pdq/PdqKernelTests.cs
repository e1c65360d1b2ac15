using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Tests.Pdq;

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
                       from format in Gen.Elements(PixelFormat.Grey8, PixelFormat.Rgb24, PixelFormat.Rgba32, PixelFormat.Bgra32)
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
            // Grey and colour go different ways through the first pass.
            foreach (var format in new[] { PixelFormat.Grey8, PixelFormat.Rgb24 })
            {
                var frame = PdqPicture.Whole(new PixelBuffer(Picture(columns, rows, format, columns, 60), columns, rows, format));
                float[] expected = new float[PdqSpectrum.Length], actual = new float[PdqSpectrum.Length];
                Assert.Equal(Scalar.Transform(frame, expected), kernel.Transform(frame, actual));
                Assert.Equal(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Hashing_allocates_nothing(string width)
    {
        var kernel = PdqKernel.Table.Single(candidate => candidate.ToString() == width).Run;
        foreach (var format in new[] { PixelFormat.Grey8, PixelFormat.Rgb24 })
        {
            var pixels = Picture(600, 512, format, seed: 1, noise: 60);
            long Measure()
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                kernel.Hash(new PixelBuffer(pixels, 600, 512, format));
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
            // The first rents what the pool does not have yet.
            Measure();
            Assert.Equal(0, Measure());
        }
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
        var spectrum = new float[PdqSpectrum.Length];
        return (spectrum, kernel.Transform(PdqPicture.Sample(picture), spectrum));
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
