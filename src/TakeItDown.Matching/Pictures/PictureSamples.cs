using System.Buffers;
using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Pictures;

/// <summary>
/// The pixels of a picture that the hash looks at, in the order in which they are stored: of a picture with a side over 512, 512 x 512, counted from the
/// left and the top, or, for a look at the mirrored picture, from the right or the bottom.
/// </summary>
internal sealed class PictureSamples : IDisposable
{
    private readonly int _width, _height;
    private readonly bool _fromRight, _fromBottom;
    private readonly bool[] _written;
    private byte[] _pixels = [];
    private PixelFormat _format;

    public PictureSamples(int width, int height, bool fromRight, bool fromBottom)
    {
        (_width, _height, _fromRight, _fromBottom) = (width, height, fromRight, fromBottom);
        IsWhole = !PdqPicture.NeedsSampling(width, height);
        (Columns, Rows) = IsWhole ? (width, height) : (PdqPicture.MaximumSide, PdqPicture.MaximumSide);
        _written = new bool[Rows];
    }

    /// <summary>Whether these are all pixels of the picture.</summary>
    public bool IsWhole { get; }

    /// <summary>Pixels in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Whether every row came.</summary>
    public bool IsComplete => !_written.AsSpan().Contains(false);

    public bool Wants(int row) => Range(row) is var (first, last) && first <= last;

    /// <summary>Takes a row of the picture, if any of it is wanted. All rows have one format.</summary>
    public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
    {
        var (first, last) = Range(row);
        if (first > last) return;
        if (_pixels.Length == 0) Rent(format);
        else if (format != _format) throw new InvalidOperationException("All rows of a picture have one format.");

        var pixelBytes = PixelBuffer.BytesPerPixel(format);
        if (Columns == _width) pixels[..(_width * pixelBytes)].CopyTo(Row(first));
        else PixelRow.Sample(pixels, _width, pixelBytes, Row(first), _fromRight);
        _written[first] = true;
        // A picture stretched to 512 rows has rows that are sampled more than once.
        for (var copy = first + 1; copy <= last; copy++)
        {
            Row(first).CopyTo(Row(copy));
            _written[copy] = true;
        }
    }

    /// <summary>What came, until the samples are disposed; rows that never came are black.</summary>
    public PixelBuffer Finish()
    {
        if (_pixels.Length == 0) Rent(PixelFormat.Grey8);
        for (var row = 0; row < Rows; row++)
        {
            if (!_written[row]) Row(row).Clear();
        }
        return new PixelBuffer(_pixels, Columns, Rows, _format);
    }

    public void Dispose()
    {
        if (_pixels.Length > 0) ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = [];
    }

    private void Rent(PixelFormat format)
    {
        _format = format;
        _pixels = ArrayPool<byte>.Shared.Rent(Columns * Rows * PixelBuffer.BytesPerPixel(format));
    }

    private Span<byte> Row(int row)
    {
        var rowBytes = Columns * PixelBuffer.BytesPerPixel(_format);
        return _pixels.AsSpan(row * rowBytes, rowBytes);
    }

    // Sampled row s comes from picture row floor(s * height / sampled height), counted from the same end: the first and last s of a picture row.
    private (int First, int Last) Range(int row)
    {
        if (_fromBottom) row = _height - 1 - row;
        var first = (int)((((long)row * Rows) + _height - 1) / _height);
        var last = (int)(((((row + 1L) * Rows) + _height - 1) / _height) - 1);
        return _fromBottom ? (Rows - 1 - last, Rows - 1 - first) : (first, last);
    }
}
