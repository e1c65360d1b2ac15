namespace TakeItDown.Matching;

/// <summary>A picture that is already decoded: rows of pixels from the top, in memory that the caller keeps.</summary>
public readonly ref struct PixelBuffer
{
    /// <summary>Describes a picture in memory.</summary>
    /// <param name="pixels">The rows, from the top; at least (height - 1) x stride + width x bytes per pixel.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">How a pixel lies in memory.</param>
    /// <param name="stride">Bytes from one row to the next; 0 means that rows follow one another without a gap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the stride is shorter than a row.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> is shorter than the picture it is said to hold.</exception>
    public PixelBuffer(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var rowLength = (long)width * BytesPerPixel(format);
        if (stride != 0) ArgumentOutOfRangeException.ThrowIfLessThan(stride, rowLength);
        if (pixels.Length < ((height - 1L) * Math.Max(stride, rowLength)) + rowLength)
            throw new ArgumentException($"A {width} x {height} picture of {format} with a stride of {stride} does not fit {pixels.Length} bytes.", nameof(pixels));

        Pixels = pixels;
        Width = width;
        Height = height;
        Format = format;
        Stride = Math.Max(stride, (int)rowLength);
    }

    /// <summary>The rows, from the top.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>How a pixel lies in memory.</summary>
    public PixelFormat Format { get; }

    /// <summary>The pixels of one row, without what follows them up to the stride.</summary>
    public ReadOnlySpan<byte> Row(int row) => Pixels.Slice(row * Stride, Width * BytesPerPixel(Format));

    /// <summary>The size of a pixel in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no pixel format.</exception>
    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Grey8 => 1,
        PixelFormat.Rgb24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such pixel format."),
    };
}
