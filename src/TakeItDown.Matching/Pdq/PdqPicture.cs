namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The pixels that the hash looks at: of a picture with a side over 512, the 512 x 512 that the reference samples; of any other, all.
/// </summary>
internal readonly ref struct PdqPicture
{
    /// <summary>The reference brings any picture with a larger side to exactly this size.</summary>
    public const int MaximumSide = 512;

    /// <summary>The most bytes that a row of chosen pixels takes.</summary>
    public const int RowScratch = 4 * MaximumSide;

    private readonly PixelBuffer _pixels;

    private PdqPicture(PixelBuffer pixels, int width, int height)
    {
        _pixels = pixels;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public PixelFormat Format => _pixels.Format;

    /// <summary>The reference hashes nothing with fewer than 5 pixels along a side: the hash is zero, the quality too.</summary>
    public bool IsHashable => Width >= 5 && Height >= 5;

    /// <summary>A picture as the reference for pictures takes it.</summary>
    public static PdqPicture Sample(PixelBuffer picture) => NeedsSampling(picture.Width, picture.Height)
        ? new PdqPicture(picture, MaximumSide, MaximumSide)
        : Whole(picture);

    /// <summary>A frame as the reference for videos takes it: at full size, whatever that is.</summary>
    public static PdqPicture Whole(PixelBuffer frame) => new(frame, frame.Width, frame.Height);

    public static bool NeedsSampling(int width, int height) => width > MaximumSide || height > MaximumSide;

    /// <summary>The pixels of one row, in <paramref name="scratch"/> (<see cref="RowScratch"/>) if some had to be chosen.</summary>
    public ReadOnlySpan<byte> Row(int row, Span<byte> scratch)
    {
        // Source row = floor(row * height / 512), as with columns; equal sizes map each row to itself.
        var pixels = _pixels.Row((int)((long)row * _pixels.Height / Height));
        return Width == _pixels.Width ? pixels : PixelRow.Sample(pixels, _pixels.Width, PixelBuffer.BytesPerPixel(Format), scratch);
    }
}
