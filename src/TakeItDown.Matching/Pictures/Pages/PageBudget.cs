namespace TakeItDown.Matching.Pictures.Pages;

/// <summary>What the pages of one picture beyond the first may cost together.</summary>
/// <param name="pixels">The most pixels; of JPEG, HEIF and AVIF, a quarter.</param>
internal sealed class PageBudget(long pixels)
{
    // What takes four times as long to decode counts for four: a progressive JPEG does, and no other JPEG has many large pages.
    private const int SlowWeight = 4;

    private long _left = pixels;

    /// <summary>Whether a page was refused.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>Takes a page into account; false if it is too much.</summary>
    public bool Take(long width, long height, ImageFormat format)
    {
        var weight = format is ImageFormat.Jpeg or ImageFormat.Heif or ImageFormat.Avif ? SlowWeight : 1;
        var isTaken = width <= 0 || height <= _left / weight / width;
        if (isTaken) _left -= Math.Max(0, width * height * weight);
        else IsExceeded = true;
        return isTaken;
    }
}

/// <summary>A decoder that decodes no page which is too much.</summary>
internal sealed class BudgetedDecoder(IImageDecoder decoder, PageBudget budget) : IImageDecoder
{
    public string Name => decoder.Name;

    public DecoderAvailability Availability => decoder.Availability;

    public bool CanDecode(ImageFormat format) => decoder.CanDecode(format);

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
        decoder.Decode(content, format, new Sink(sink, budget, format), cancellationToken);

    private sealed class Sink(IPictureSink sink, PageBudget budget, ImageFormat format) : IPictureSink
    {
        private (long Width, long Height) _taken;

        public bool Accept(long width, long height, long workingBytes)
        {
            if (!sink.Accept(width, height, workingBytes)) return false;
            // A decoder may ask again as it learns more, or for one pixel before it knows the size.
            if ((width, height) == _taken || (width, height) == (1, 1)) return true;
            _taken = (width, height);
            return budget.Take(width, height, format);
        }

        public void Begin(int width, int height) => sink.Begin(width, height);

        public void Begin(int width, int height, int exifOrientation) => sink.Begin(width, height, exifOrientation);

        public bool Wants(int row) => sink.Wants(row);

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format) => sink.Write(row, pixels, format);
    }
}
