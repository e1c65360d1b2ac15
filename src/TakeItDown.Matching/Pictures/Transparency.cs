using System.Numerics;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures;

/// <summary>Pictures whose alpha is not premultiplied, as files have it, laid on a background as viewers lay them.</summary>
internal static class Transparency
{
    // The last byte of a pixel.
    private static readonly uint Alpha = BitConverter.IsLittleEndian ? 0xFF000000 : 0x000000FF;

    /// <summary>Whether nothing shines through.</summary>
    public static bool IsOpaque(PixelBuffer picture)
    {
        if (PixelBuffer.BytesPerPixel(picture.Format) < 4) return true;
        for (var row = 0; row < picture.Height; row++)
        {
            var pixels = MemoryMarshal.Cast<byte, uint>(picture.Row(row));
            var all = new Vector<uint>(Alpha);
            while (pixels.Length >= Vector<uint>.Count)
            {
                all &= new Vector<uint>(pixels);
                pixels = pixels[Vector<uint>.Count..];
            }
            if (!Vector.EqualsAll(all, new Vector<uint>(Alpha))) return false;
            foreach (var pixel in pixels)
            {
                if ((pixel & Alpha) != Alpha) return false;
            }
        }
        return true;
    }

    /// <summary>Lays pixels of four bytes on white (255) or black (0), rounding to the nearest of 256 values.</summary>
    public static void Lay(ReadOnlySpan<byte> pixels, byte background, Span<byte> laid)
    {
        laid = laid[..pixels.Length];
        for (var at = 0; at + 4 <= pixels.Length; at += 4)
        {
            int alpha = pixels[at + 3], rest = (background * (255 - alpha)) + 127;
            laid[at] = (byte)(((pixels[at] * alpha) + rest) / 255);
            laid[at + 1] = (byte)(((pixels[at + 1] * alpha) + rest) / 255);
            laid[at + 2] = (byte)(((pixels[at + 2] * alpha) + rest) / 255);
            laid[at + 3] = 255;
        }
    }
}
