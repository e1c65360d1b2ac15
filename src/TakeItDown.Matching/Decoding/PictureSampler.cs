using System.Buffers;
using TakeItDown.Matching.Hashing.Pdq;

namespace TakeItDown.Matching.Decoding;

/// <summary>Takes the rows of one picture and keeps the pixels that the hash looks at. Refuses what is over the limits.</summary>
internal sealed class PictureSampler(DecodeLimits limits) : IPictureSink, IDisposable
{
    private readonly bool[] _written = new bool[PdqPicture.MaximumSide];
    private byte[] _pixels = [];
    private PixelFormat _format;
    private int _width, _height;
    private int _columns, _rows;

    /// <summary>Whether every sampled row came.</summary>
    public bool IsComplete => _rows > 0 && !_written.AsSpan(0, _rows).Contains(false);

    public bool Accept(long width, long height, long workingBytes) =>
        width > 0 && height > 0 && width <= limits.MaximumPixels / height && workingBytes <= limits.MaximumDecodeBytes;

    public void Begin(int width, int height)
    {
        if (_rows > 0) throw new InvalidOperationException("A decoder delivers one picture.");
        if (!Accept(width, height, 0)) throw new InvalidOperationException("A decoder asks before it delivers.");
        (_width, _height) = (width, height);
        (_columns, _rows) = PdqPicture.NeedsSampling(width, height) ? (PdqPicture.MaximumSide, PdqPicture.MaximumSide) : (width, height);
    }

    public bool Wants(int row) => _rows > 0 && First(row) <= Last(row);

    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        if (_rows == 0) throw new InvalidOperationException("A decoder begins before it delivers.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_height, nameof(row));
        int first = First(row), last = Last(row);
        if (first > last) return;
        if (_pixels.Length == 0) Rent(format);
        else if (format != _format) throw new InvalidOperationException("All rows of a picture have one format.");

        var pixelBytes = PixelBuffer.BytesPerPixel(format);
        if (_columns == _width) pixels[..(_width * pixelBytes)].CopyTo(Row(first));
        else PixelRow.Sample(pixels, _width, pixelBytes, Row(first));
        _written[first] = true;
        // A picture stretched to 512 rows has rows that are sampled more than once.
        for (var copy = first + 1; copy <= last; copy++)
        {
            Row(first).CopyTo(Row(copy));
            _written[copy] = true;
        }
    }

    /// <summary>What was sampled, until the sampler is disposed; rows that never came are black.</summary>
    /// <returns>False where the decoder never began.</returns>
    public bool TryFinish(out PdqPicture picture)
    {
        picture = default;
        if (_rows == 0) return false;
        if (_pixels.Length == 0) Rent(PixelFormat.Grey8);
        for (var row = 0; row < _rows; row++)
        {
            if (!_written[row]) Row(row).Clear();
        }
        picture = PdqPicture.Whole(new PixelBuffer(_pixels, _columns, _rows, _format));
        return true;
    }

    public void Dispose()
    {
        if (_pixels.Length > 0) ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
    }

    private void Rent(PixelFormat format)
    {
        _format = format;
        _pixels = ArrayPool<byte>.Shared.Rent(_columns * _rows * PixelBuffer.BytesPerPixel(format));
    }

    private Span<byte> Row(int row)
    {
        var rowBytes = _columns * PixelBuffer.BytesPerPixel(_format);
        return _pixels.AsSpan(row * rowBytes, rowBytes);
    }

    // Sampled row s comes from picture row floor(s * height / sampled height): the first and last s of a picture row.
    private int First(int row) => (int)((((long)row * _rows) + _height - 1) / _height);

    private int Last(int row) => (int)(((((row + 1L) * _rows) + _height - 1) / _height) - 1);
}
