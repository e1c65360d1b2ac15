namespace TakeItDown.Matching.Pictures.Jpeg;

/// <summary>
/// CMYK of JPEG files, which by common practice store how much light each ink lets through. Multiplied out to RGB without a colour profile:
/// what browsers show and the PDQ reference hashes. A profile, as libvips applies, moves the hash by up to 28 bits.
/// </summary>
internal static class CmykRows
{
    /// <summary>Delivers the rows that the sink wants; the pixels are overwritten.</summary>
    public static void Write(Span<byte> pixels, int width, int height, IPictureSink sink)
    {
        for (var row = 0; row < height; row++)
        {
            if (sink.Wants(row)) sink.Write(row, ToRgb(pixels.Slice(row * width * 4, width * 4), isTurned: false), PixelFormat.Rgb24);
        }
    }

    /// <summary>Multiplies a row out, in its place.</summary>
    /// <param name="cmyk">The row, which is overwritten.</param>
    /// <param name="isTurned">Whether the decoder has turned it to how much ink there is, as libvips does.</param>
    public static ReadOnlySpan<byte> ToRgb(Span<byte> cmyk, bool isTurned)
    {
        var turn = isTurned ? byte.MaxValue : 0;
        for (int from = 0, to = 0; from < cmyk.Length; from += 4, to += 3)
        {
            var black = cmyk[from + 3] ^ turn;
            cmyk[to] = Multiply(cmyk[from] ^ turn, black);
            cmyk[to + 1] = Multiply(cmyk[from + 1] ^ turn, black);
            cmyk[to + 2] = Multiply(cmyk[from + 2] ^ turn, black);
        }
        return cmyk[..(cmyk.Length / 4 * 3)];
    }

    private static byte Multiply(int ink, int black) => (byte)(((ink * black) + 127) / 255);
}
