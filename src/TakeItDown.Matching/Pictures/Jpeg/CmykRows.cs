namespace TakeItDown.Matching.Pictures.Jpeg;

/// <summary>
/// CMYK of JPEG files, which by common practice store how much light each ink lets through. Multiplied out to RGB without a colour profile:
/// what browsers show and the PDQ reference hashes. A profile, as libvips applies, moves the hash by up to 24 bits.
/// </summary>
internal static class CmykRows
{
    /// <summary>Delivers the rows that the sink wants; the pixels are overwritten.</summary>
    public static void Write(Span<byte> pixels, int width, int height, IPictureSink sink)
    {
        for (var row = 0; row < height; row++)
        {
            if (!sink.Wants(row)) continue;
            var cmyk = pixels.Slice(row * width * 4, width * 4);
            for (int from = 0, to = 0; from < cmyk.Length; from += 4, to += 3)
            {
                int black = cmyk[from + 3];
                cmyk[to] = Multiply(cmyk[from], black);
                cmyk[to + 1] = Multiply(cmyk[from + 1], black);
                cmyk[to + 2] = Multiply(cmyk[from + 2], black);
            }
            sink.Write(row, cmyk[..(width * 3)], PixelFormat.Rgb24);
        }
    }

    private static byte Multiply(int ink, int black) => (byte)(((ink * black) + 127) / 255);
}
