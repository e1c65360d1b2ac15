using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pdq;

/// <summary>What PDQ does to one row of pixels before it looks at the picture as a whole.</summary>
internal static class PixelRow
{
    // ITU-R BT.601 luma, in single precision and in this order of summation, as the reference computes it.
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary>Chooses 512 of a row's pixels: column x is column floor(x * width / 512), nearest neighbour, as the reference samples.</summary>
    /// <param name="pixels">The row.</param>
    /// <param name="width">How many pixels it has.</param>
    /// <param name="pixelBytes">How many bytes each takes.</param>
    /// <param name="target">Takes the pixels.</param>
    /// <param name="fromRight">Whether columns are counted from the right, as in the mirrored picture; the order of the pixels stays.</param>
    /// <returns>The pixels, at the start of <paramref name="target"/>.</returns>
    public static ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> pixels, int width, int pixelBytes, Span<byte> target, bool fromRight = false)
    {
        pixels = pixels[..(width * pixelBytes)];
        target = target[..(PdqPicture.MaximumSide * pixelBytes)];
        switch (pixelBytes)
        {
            case 1: Sample(pixels, target, fromRight); break;
            case 3: Sample(MemoryMarshal.Cast<byte, ThreeBytes>(pixels), MemoryMarshal.Cast<byte, ThreeBytes>(target), fromRight); break;
            default: Sample(MemoryMarshal.Cast<byte, uint>(pixels), MemoryMarshal.Cast<byte, uint>(target), fromRight); break;
        }
        return target;
    }

    private static void Sample<T>(ReadOnlySpan<T> pixels, Span<T> target, bool fromRight)
    {
        // x * width as a running sum.
        ulong product = 0;
        if (fromRight)
        {
            for (var x = target.Length - 1; x >= 0; x--, product += (ulong)pixels.Length) target[x] = pixels[pixels.Length - 1 - (int)(product / PdqPicture.MaximumSide)];
            return;
        }
        for (var x = 0; x < target.Length; x++, product += (ulong)pixels.Length) target[x] = pixels[(int)(product / PdqPicture.MaximumSide)];
    }

    /// <summary>The brightness of each pixel, as the reference computes it.</summary>
    public static void ToLuma(ReadOnlySpan<byte> pixels, PixelFormat format, Span<float> luma)
    {
        switch (format)
        {
            case PixelFormat.Grey8:
                for (var x = 0; x < luma.Length; x++) luma[x] = pixels[x];
                break;
            case PixelFormat.Bgra32:
                for (var x = 0; x < luma.Length; x++) luma[x] = Luma(pixels[(4 * x) + 2], pixels[(4 * x) + 1], pixels[4 * x]);
                break;
            default:
                var size = PixelBuffer.BytesPerPixel(format);
                for (var x = 0; x < luma.Length; x++) luma[x] = Luma(pixels[size * x], pixels[(size * x) + 1], pixels[(size * x) + 2]);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Luma(byte red, byte green, byte blue) => (Red * red) + (Green * green) + (Blue * blue);

    /// <summary>A pixel of three bytes.</summary>
    [InlineArray(3)]
    internal struct ThreeBytes
    {
        private byte _first;
    }
}
