using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace TakeItDown.Matching.Tests;

/// <summary>A binary PPM (RGB) or PGM (grey) picture, gzipped: the very pixels that the reference hashed.</summary>
internal sealed record NetpbmFile(int Width, int Height, PixelFormat Format, byte[] Pixels)
{
    public PixelBuffer Buffer => new(Pixels, Width, Height, Format);

    public static NetpbmFile Read(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        var bytes = memory.ToArray();
        var at = 0;
        var format = Word() switch { "P5" => PixelFormat.Grey8, "P6" => PixelFormat.Rgb24, var other => throw new FormatException(other) };
        var (width, height, depth) = (Number(), Number(), Number());
        if (depth != 255) throw new FormatException("Only 8 bits a channel are read.");
        return new NetpbmFile(width, height, format, bytes[at..]);

        int Number() => int.Parse(Word(), CultureInfo.InvariantCulture);

        string Word()
        {
            var word = new StringBuilder();
            for (; at < bytes.Length && !char.IsWhiteSpace((char)bytes[at]); at++) word.Append((char)bytes[at]);
            at++;
            return word.ToString();
        }
    }
}
