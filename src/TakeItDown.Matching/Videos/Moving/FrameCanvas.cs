using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>What a viewer shows of a moving picture, frame after frame: a canvas, transparent at first, on which each is drawn as it is decoded.</summary>
/// <param name="width">Columns of the canvas.</param>
/// <param name="height">Rows of the canvas.</param>
/// <param name="limits">What a frame may cost to decode.</param>
internal sealed class FrameCanvas(int width, int height, DecodeLimits limits) : IPictureSink
{
    /// <summary>The bytes of a pixel: red, green, blue and alpha.</summary>
    public const int PixelBytes = 4;

    private readonly byte[] _pixels = new byte[width * height * PixelBytes];
    private readonly byte[] _rowBefore = new byte[width * PixelBytes];
    private byte[] _before = [];
    private MovingFrame _frame;
    private bool[] _isWritten = [];
    private int _missing;
    private bool _isRefused;
    private bool _hasChanged = true;

    /// <summary>What is shown.</summary>
    public PixelBuffer Picture => new(_pixels, width, height, PixelFormat.Rgba32);

    /// <summary>Whether every row of the frame came.</summary>
    public bool IsComplete => _missing == 0 && !_isRefused;

    /// <summary>What else is held while a frame is decoded, in bytes.</summary>
    public long HeldBytes { get; set; }

    /// <summary>The memory that a canvas takes, with the copies by which it is looked at, beside what decoding a frame takes.</summary>
    public static long Bytes(MovingPicture picture, bool isTurned)
    {
        var copies = 1;
        if (picture.Frames.Exists(static frame => frame.Disposal == FrameDisposal.Restore)) copies++;
        if (isTurned || picture.MayBeTransparent) copies++;
        return (long)picture.Width * picture.Height * PixelBytes * copies;
    }

    /// <summary>Whether anything else is shown than when this was asked last.</summary>
    public bool TakeChange()
    {
        var hasChanged = _hasChanged;
        _hasChanged = false;
        return hasChanged;
    }

    /// <summary>Disposes of the last frame; a decoder draws the next one.</summary>
    public void Start(MovingFrame frame)
    {
        Dispose();
        _frame = frame;
        (_missing, _isRefused) = (frame.Height, false);
        if (_isWritten.Length < frame.Height) _isWritten = new bool[frame.Height];
        else _isWritten.AsSpan(0, frame.Height).Clear();
        if (frame.Disposal != FrameDisposal.Restore) return;
        if (_before.Length == 0) _before = new byte[_pixels.Length];
        ForEachRow((canvas, at, length) => canvas._pixels.AsSpan(at, length).CopyTo(canvas._before.AsSpan(at)));
    }

    /// <summary>Passes over a frame of which nothing is seen later but that it is cleared away.</summary>
    public void Skip(MovingFrame frame)
    {
        if (frame.Disposal != FrameDisposal.Clear) return;
        Dispose();
        _frame = frame;
    }

    public bool Accept(long width, long height, long workingBytes) =>
        width > 0 && height > 0 && width <= limits.MaximumPixels / height && workingBytes <= limits.MaximumDecodeBytes - _pixels.Length - _before.Length - HeldBytes;

    // A frame that is not of the size its container says is damaged; viewers do not agree on what to make of it.
    public void Begin(int width, int height) => _isRefused = (width, height) != (_frame.Width, _frame.Height);

    public bool Wants(int row) => !_isRefused;

    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        if (_isRefused || row < 0 || row >= _frame.Height) return;
        if (!_isWritten[row]) _missing--;
        _isWritten[row] = true;
        var (y, left, right) = ((long)_frame.Top + row, Math.Max(_frame.Left, 0), (int)Math.Min((long)_frame.Left + _frame.Width, width));
        if (y < 0 || y >= height || left >= right) return;
        var target = _pixels.AsSpan((((int)y * width) + left) * PixelBytes, (right - left) * PixelBytes);
        var before = _rowBefore.AsSpan(0, target.Length);
        if (!_hasChanged) target.CopyTo(before);
        CanvasRow.Draw(pixels[((left - _frame.Left) * PixelBuffer.BytesPerPixel(format))..], format, _frame.IsBlended, target);
        if (!_hasChanged) _hasChanged = !target.SequenceEqual(before);
    }

    private void Dispose()
    {
        _hasChanged |= _frame.Disposal != FrameDisposal.Keep;
        if (_frame.Disposal == FrameDisposal.Clear) ForEachRow((canvas, at, length) => canvas._pixels.AsSpan(at, length).Clear());
        if (_frame.Disposal == FrameDisposal.Restore) ForEachRow((canvas, at, length) => canvas._before.AsSpan(at, length).CopyTo(canvas._pixels.AsSpan(at)));
        _frame = default;
    }

    /// <summary>Goes over the part of each row of the canvas that the frame covers.</summary>
    private void ForEachRow(Action<FrameCanvas, int, int> work)
    {
        int left = Math.Max(_frame.Left, 0), right = (int)Math.Min((long)_frame.Left + _frame.Width, width);
        if (left >= right) return;
        for (var y = Math.Max(_frame.Top, 0); y < Math.Min((long)_frame.Top + _frame.Height, height); y++)
            work(this, ((y * width) + left) * PixelBytes, (right - left) * PixelBytes);
    }
}
