using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>Draws a row of pixels on a row of a canvas in red, green, blue and alpha, which is not premultiplied.</summary>
internal static class CanvasRow
{
    // As bytes lie in memory, on the little-endian machines that .NET runs on: alpha comes last.
    private const uint Opaque = 0xFF000000;
    private const int Alpha = 24;

    /// <summary>Draws.</summary>
    /// <param name="pixels">The pixels; as many of the first as there is room for are drawn.</param>
    /// <param name="format">How they lie in memory.</param>
    /// <param name="isBlended">Whether what is below shines through; else it is replaced.</param>
    /// <param name="target">The part of the canvas.</param>
    public static void Draw(ReadOnlySpan<byte> pixels, PixelFormat format, bool isBlended, Span<byte> target)
    {
        var canvas = MemoryMarshal.Cast<byte, uint>(target);
        pixels = pixels[..(canvas.Length * PixelBuffer.BytesPerPixel(format))];
        switch (format)
        {
            case PixelFormat.Grey8:
                for (var i = 0; i < canvas.Length; i++) canvas[i] = Opaque | (pixels[i] * 0x010101u);
                break;
            case PixelFormat.Rgb24:
                for (int i = 0, from = 0; i < canvas.Length; i++, from += 3) canvas[i] = Opaque | pixels[from] | ((uint)pixels[from + 1] << 8) | ((uint)pixels[from + 2] << 16);
                break;
            case PixelFormat.Rgba32 when !isBlended:
                pixels.CopyTo(target);
                break;
            default:
                Draw(MemoryMarshal.Cast<byte, uint>(pixels), format == PixelFormat.Bgra32, isBlended, canvas);
                break;
        }
    }

    private static void Draw(ReadOnlySpan<uint> pixels, bool isBlueFirst, bool isBlended, Span<uint> canvas)
    {
        for (var i = 0; i < canvas.Length; i++)
        {
            var pixel = pixels[i];
            if (isBlueFirst) pixel = (pixel & 0xFF00FF00) | ((pixel & 0xFF) << 16) | ((pixel >> 16) & 0xFF);
            if (!isBlended || pixel >= Opaque) canvas[i] = pixel;
            else if (pixel >> Alpha != 0) canvas[i] = Blend(pixel, canvas[i]);
        }
    }

    /// <summary>Source over destination, as the PNG specification has it; WebP's means the same.</summary>
    private static uint Blend(uint over, uint under)
    {
        if (under >> Alpha == 0) return over;
        // In 255ths of 255ths: what this pixel covers, and what is left of the one below.
        uint above = (over >> Alpha) * 255, below = (255 - (over >> Alpha)) * (under >> Alpha), sum = above + below;
        return (((sum + 127) / 255) << Alpha) | (Mix(16) << 16) | (Mix(8) << 8) | Mix(0);

        uint Mix(int shift) => ((((over >> shift) & 0xFF) * above) + (((under >> shift) & 0xFF) * below) + (sum / 2)) / sum;
    }
}
