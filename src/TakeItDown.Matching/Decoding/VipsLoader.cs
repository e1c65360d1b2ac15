namespace TakeItDown.Matching.Decoding;

/// <summary>How libvips reads a format, and what memory that takes.</summary>
internal sealed record VipsLoader(string Operation, string Options, Func<long, long> BytesForPixels)
{
    // Rows in order; the first picture of several; stop at a fault, so that what was read before it is known to be sound.
    private const string Sequential = "access=sequential,fail_on=error";
    private const string FirstFrame = Sequential + ",page=0,n=1";

    // Interlaced PNG, and TIFF with one strip, are held whole, 8 or 16 bits a channel.
    public static VipsLoader Png { get; } = new("pngload_source", Sequential, static _ => 0);

    public static VipsLoader Jpeg { get; } = new("jpegload_source", Sequential, static _ => 0);

    public static VipsLoader Tiff { get; } = new("tiffload_source", Sequential + ",page=0", static _ => 0);

    // A canvas in RGBA, and the frame before it is laid on the canvas.
    public static VipsLoader Gif { get; } = new("gifload_source", FirstFrame, static pixels => pixels * 8);

    public static VipsLoader WebP { get; } = new("webpload_source", FirstFrame, static pixels => pixels * 4);

    // Planes of up to 16 bits a sample, then interleaved RGB.
    public static VipsLoader Heif { get; } = new("heifload_source", Sequential, static pixels => pixels * 6);

    /// <summary>The memory that decoding will need at most, in bytes, apart from a few rows.</summary>
    public long WorkingBytes(VipsImage image, ReadOnlySpan<byte> content)
    {
        var pixels = (long)image.Width * image.Height;
        if (ReferenceEquals(this, Jpeg)) return JpegHeader.Read(content).CoefficientBytes;
        if (ReferenceEquals(this, Tiff) || (ReferenceEquals(this, Png) && IsInterlaced(content))) return pixels * image.BytesPerPixel;
        return BytesForPixels(pixels);
    }

    private static bool IsInterlaced(ReadOnlySpan<byte> png)
    {
        const int InterlaceMethod = 28;
        return png.Length > InterlaceMethod && png[InterlaceMethod] != 0;
    }
}
