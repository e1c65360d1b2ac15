using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Hashing.Pdq;

/// <summary>Samples a row of pixels and takes its brightness, as the reference does.</summary>
internal static class LumaRow
{
    // ITU-R BT.601 luma, in single precision and in this order of summation, as the reference computes it.
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>
    /// Fills <paramref name="luma"/> from a row of <paramref name="width"/> pixels. Where the lengths differ, there are 512 columns, and column x
    /// comes from column floor(x * width / 512): nearest neighbour, as the reference samples.
    /// </summary>
    public static void Sample(ReadOnlySpan<byte> pixels, PixelFormat format, int width, Span<float> luma)
    {
        var pixelBytes = PixelBuffer.BytesPerPixel(format);
        pixels = pixels[..(width * pixelBytes)];
        long step = width == luma.Length ? LumaPlane.MaximumSide : width;
        switch (format)
        {
            case PixelFormat.Grey8 when width == luma.Length:
                Widen(pixels, luma);
                break;
            case PixelFormat.Grey8:
                Span<byte> sampled = stackalloc byte[LumaPlane.MaximumSide];
                for (var x = 0; x < sampled.Length; x++) sampled[x] = pixels[Source(x, step)];
                Widen(sampled, luma);
                break;
            case PixelFormat.Bgra32:
                for (var x = 0; x < luma.Length; x++)
                {
                    var pixel = pixels.Slice(Source(x, step) * pixelBytes, 3);
                    luma[x] = Luma(pixel[2], pixel[1], pixel[0]);
                }
                break;
            default:
                for (var x = 0; x < luma.Length; x++)
                {
                    var pixel = pixels.Slice(Source(x, step) * pixelBytes, 3);
                    luma[x] = Luma(pixel[0], pixel[1], pixel[2]);
                }
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Source(int x, long step) => (int)((ulong)x * (ulong)step / LumaPlane.MaximumSide);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Luma(byte red, byte green, byte blue) => (Red * red) + (Green * green) + (Blue * blue);

    /// <summary>Bytes to floats, exact in any width: integers up to 255 are floats.</summary>
    private static void Widen(ReadOnlySpan<byte> pixels, Span<float> luma)
    {
        var x = 0;
        for (; x <= pixels.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[x..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var target = MemoryMarshal.Cast<float, Vector<float>>(luma[x..]);
            target[0] = Vector.ConvertToSingle(Vector.AsVectorInt32(first));
            target[1] = Vector.ConvertToSingle(Vector.AsVectorInt32(second));
            target[2] = Vector.ConvertToSingle(Vector.AsVectorInt32(third));
            target[3] = Vector.ConvertToSingle(Vector.AsVectorInt32(fourth));
        }
        for (; x < pixels.Length; x++) luma[x] = pixels[x];
    }
}
