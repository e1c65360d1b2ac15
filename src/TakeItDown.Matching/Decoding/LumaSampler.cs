using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Decoding;

/// <summary>Takes the rows of one picture and keeps the brightness of the pixels that the hash samples. Refuses what is over the limits.</summary>
internal sealed class LumaSampler(DecodeLimits limits) : IPictureSink, IDisposable
{
    private readonly bool[] _written = new bool[LumaPlane.MaximumSide];
    private LumaPlane? _plane;
    private int _width, _height;

    /// <summary>Whether every sampled row came.</summary>
    public bool IsComplete => _plane is { } plane && !_written.AsSpan(0, plane.Height).Contains(false);

    public bool Accept(long width, long height, long workingBytes) =>
        width > 0 && height > 0 && width <= limits.MaximumPixels / height && workingBytes <= limits.MaximumDecodeBytes;

    public void Begin(int width, int height)
    {
        if (_plane is not null) throw new InvalidOperationException("A decoder delivers one picture.");
        if (!Accept(width, height, 0)) throw new InvalidOperationException("A decoder asks before it delivers.");
        (_width, _height) = (width, height);
        _plane = LumaPlane.ForPicture(width, height);
    }

    public bool Wants(int row) => _plane is { } plane && First(row, plane) <= Last(row, plane);

    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        if (_plane is not { } plane) throw new InvalidOperationException("A decoder begins before it delivers.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_height, nameof(row));
        int first = First(row, plane), last = Last(row, plane);
        if (first > last) return;
        LumaRow.Sample(pixels, format, _width, plane.Row(first));
        _written[first] = true;
        // A picture stretched to 512 rows has rows that are sampled more than once.
        for (var copy = first + 1; copy <= last; copy++)
        {
            plane.Row(first).CopyTo(plane.Row(copy));
            _written[copy] = true;
        }
    }

    /// <summary>What was sampled; rows that never came are black. Null where the decoder never began.</summary>
    public LumaPlane? Finish()
    {
        for (var row = 0; row < _plane?.Height; row++)
        {
            if (!_written[row]) _plane?.Row(row).Clear();
        }
        return _plane;
    }

    public void Dispose()
    {
        _plane?.Dispose();
        _plane = null;
    }

    // Sampled row s comes from picture row floor(s * height / sampled height): the first and last s of a picture row.
    private int First(int row, LumaPlane plane) => (int)((((long)row * plane.Height) + _height - 1) / _height);

    private int Last(int row, LumaPlane plane) => (int)(((((row + 1L) * plane.Height) + _height - 1) / _height) - 1);
}
