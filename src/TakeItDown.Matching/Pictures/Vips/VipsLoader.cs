using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>How libvips reads a format, and what memory that takes.</summary>
/// <param name="Operation">The operation that loads it.</param>
/// <param name="Options">Its options.</param>
/// <param name="OpeningBytes">The memory that opening a file may take, or the same as work.</param>
/// <param name="PixelBytes">The memory that each pixel takes while the picture is decoded, where it is held whole.</param>
internal sealed record VipsLoader(string Operation, string Options, Func<ReadOnlySpan<byte>, long> OpeningBytes, int PixelBytes)
{
    // Rows in order; the first picture of several; stop at a fault, so that what was read before it is known to be sound.
    // Where libvips needs the picture whole all the same, it is in memory and never in a file of libvips' own, which anybody could read.
    private const string InOrder = "access=sequential,memory=true";
    private const string Sequential = InOrder + ",fail_on=error";
    private const string FirstFrame = Sequential + ",page=0,n=1";

    // No camera, scanner or program makes more rows, and going over them takes two thirds of a microsecond each.
    private const int MaximumRows = 1_000_000;

    // Inflating a PNG of so many bytes takes four seconds, and the file that asks for it may be small. 200 megapixels in RGB of 8 bits are 600 million.
    private const long MaximumPngBytes = 1L << 30;

    // libvips keeps so many rows around the one that is asked for, as they are stored and as they are converted.
    private const int RowsKept = 64;

    public static VipsLoader Png { get; } = new("pngload_source", Sequential, OpeningCost.Png, PixelBytes: 0);

    // libjpeg merely warns of corrupt data, and goes on with grey: of the files that VipsJpegTests damages, three in four would pass for whole.
    // What it says only at the very end, of bytes left over, libvips does not hear: one in four still does. TurboJPEG hears it.
    public static VipsLoader Jpeg { get; } = new("jpegload_source", InOrder + ",fail_on=warning", OpeningCost.Jpeg, PixelBytes: 0);

    public static VipsLoader Tiff { get; } = new("tiffload_source", Sequential + ",page=0", OpeningCost.Tiff, PixelBytes: 0);

    // A canvas in RGBA, and the frame before it is laid on the canvas.
    public static VipsLoader Gif { get; } = new("gifload_source", FirstFrame, static _ => 0, PixelBytes: 8);

    // RGBA, and as much again within the decoder.
    public static VipsLoader WebP { get; } = new("webpload_source", FirstFrame, OpeningCost.WebP, PixelBytes: 8);

    // Planes of up to 16 bits a sample, then interleaved RGB.
    public static VipsLoader Heif { get; } = new("heifload_source", Sequential, static _ => 0, PixelBytes: 6);

    /// <summary>How a format is read; null for one that libvips is not asked for.</summary>
    public static VipsLoader? For(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => Jpeg,
        ImageFormat.Png => Png,
        ImageFormat.Gif => Gif,
        ImageFormat.WebP => WebP,
        ImageFormat.Tiff => Tiff,
        ImageFormat.Heif or ImageFormat.Avif => Heif,
        _ => null,
    };

    /// <summary>The options that read another page than the one which viewers show first.</summary>
    /// <param name="page">Its number, from 0.</param>
    public static string PageOptions(int page) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Sequential},page={page}");

    /// <summary>The memory that decoding an opened picture will need at most, in bytes, or more than any limit where it would take too long.</summary>
    public long WorkingBytes(VipsImage image, ReadOnlySpan<byte> content)
    {
        var (pixels, rowBytes) = ((long)image.Width * image.Height, (long)image.Width * image.BytesPerPixel);
        if (image.Height > MaximumRows || (ReferenceEquals(this, Png) && rowBytes * image.Height > MaximumPngBytes)) return OpeningCost.Forbidding;
        var rows = 2 * rowBytes * Math.Min(image.Height, RowsKept);
        if (ReferenceEquals(this, Jpeg)) return rows + JpegHeader.Read(content).CoefficientBytes;
        // A strip may be as large as the picture.
        if (ReferenceEquals(this, Tiff)) return Math.Max(rows, rowBytes * image.Height);
        // Interlaced, a picture is held whole, and gone over seven times: it is held to half the pixels, for the time.
        if (ReferenceEquals(this, Png) && IsInterlaced(content)) return 2 * rowBytes * image.Height;
        return Math.Max(rows, pixels * PixelBytes);
    }

    private static bool IsInterlaced(ReadOnlySpan<byte> png)
    {
        const int InterlaceMethod = 28;
        return png.Length > InterlaceMethod && png[InterlaceMethod] != 0;
    }
}
