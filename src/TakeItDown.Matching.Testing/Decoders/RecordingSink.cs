namespace TakeItDown.Matching.Testing.Decoders;

/// <summary>Takes a picture, notes what it is told, and finds what breaks the order.</summary>
/// <param name="accepts">Whether a size within bounds is accepted.</param>
/// <param name="every">Every how many rows one is wanted.</param>
/// <param name="keeps">Whether rows are kept, to be compared.</param>
internal sealed class RecordingSink(bool accepts = true, int every = 1, bool keeps = true) : IPictureSink
{
    /// <summary>A damaged header may promise any size; no more than this is let in, as no scan would.</summary>
    private const long MostPixels = 1L << 22, MostBytes = 1L << 28;

    private readonly Dictionary<int, byte[]> _rows = [];
    private bool _isAccepted, _isRefused;
    private (int Width, int Height)? _size;
    private PixelFormat? _format;

    /// <summary>What broke the order first; null where nothing did.</summary>
    public string? Fault { get; private set; }

    public (int Width, int Height) Size => _size ?? (0, 0);

    public bool IsWhole => _size is { } size && Enumerable.Range(0, size.Height).Where(row => Wants(row)).All(_rows.ContainsKey);

    /// <summary>Everything that was delivered, comparable.</summary>
    public string Pixels => string.Join('\n', _rows.OrderBy(row => row.Key).Select(row => $"{row.Key}:{_format}:{Convert.ToHexString(row.Value)}"));

    public bool Accept(long width, long height, long workingBytes)
    {
        if (_isRefused) Blame("After a size was refused, it asked again.");
        if (width < 1 || height < 1 || workingBytes < 0) Blame("It asked for a size below one pixel, or for less than no memory.");
        _isAccepted = accepts && width <= MostPixels && height <= MostPixels && width * height <= MostPixels && workingBytes <= MostBytes;
        _isRefused |= !_isAccepted;
        return _isAccepted;
    }

    public void Begin(int width, int height)
    {
        if (!_isAccepted) Blame("It began without Accept having said yes.");
        if (_size is not null) Blame("It began twice.");
        if (width < 1 || height < 1) Blame("It began with a size below one pixel.");
        _size = (width, height);
    }

    public void Begin(int width, int height, int exifOrientation)
    {
        if (exifOrientation is < 1 or > 8) Blame("An orientation is not from 1 to 8.");
        Begin(width, height);
    }

    public bool Wants(int row) => row % every == 0;

    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        if (_size is not { } size)
        {
            Blame("A row came before the size.");
            return;
        }
        if (row < 0 || row >= size.Height) Blame("A row is outside the picture.");
        if (_format is not null && _format != format) Blame("Rows are of two formats.");
        _format = format;
        var length = size.Width * PixelBuffer.BytesPerPixel(format);
        if (pixels.Length < length) Blame("A row is too short.");
        else if (keeps && Wants(row)) _rows[row] = pixels[..length].ToArray();
    }

    private void Blame(string fault) => Fault ??= fault;
}
