namespace TakeItDown.Matching.Pictures.Bmp;

/// <summary>Run-length coded bitmaps of 4 and 8 bits: pairs of (count, colour), or an escape for literal pixels, jumps and line ends.</summary>
internal ref struct BmpRunLengths
{
    private const byte EndOfLine = 0, EndOfBitmap = 1, Jump = 2;

    private readonly ReadOnlySpan<byte> _content;
    private readonly BmpHeader _header;
    private readonly Span<byte> _bgra;
    private readonly IPictureSink _sink;
    private int _x, _y;
    private bool _isBlank;

    private BmpRunLengths(ReadOnlySpan<byte> content, BmpHeader header, Span<byte> bgra, IPictureSink sink)
    {
        _content = content;
        _header = header;
        _bgra = bgra;
        _sink = sink;
        BlankRow();
    }

    private readonly bool IsWide => _header.BitsPerPixel == 8;

    /// <summary>The row of the picture that is being drawn.</summary>
    private readonly int Row => _header.IsTopDown ? _y : _header.Height - 1 - _y;

    private readonly bool IsWanted => _sink.Wants(Row);

    /// <summary>Delivers every row; pixels that the file skips are of colour 0. False if the file ends before its last row.</summary>
    public static bool Decode(ReadOnlySpan<byte> content, BmpHeader header, Span<byte> bgra, IPictureSink sink, CancellationToken cancellationToken) =>
        header.PixelOffset <= content.Length && new BmpRunLengths(content, header, bgra, sink).Decode(content[(int)header.PixelOffset..], cancellationToken);

    private bool Decode(ReadOnlySpan<byte> data, CancellationToken cancellationToken)
    {
        while (_y < _header.Height)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (data.Length < 2) return false;
            var (count, value) = (data[0], data[1]);
            data = data[2..];
            if (count > 0)
            {
                var drawn = Room(count);
                for (var i = 0; i < drawn; i++) Draw(i, IsWide ? value : Nibble(value, i));
                Advance(count);
            }
            else if (value is EndOfLine or EndOfBitmap)
            {
                FinishRows(value == EndOfLine ? 1 : _header.Height - _y);
            }
            else if (value == Jump)
            {
                if (data.Length < 2) return false;
                var column = Math.Min(_x + data[0], _header.Width);
                FinishRows(data[1]);
                _x = column;
                data = data[2..];
            }
            else
            {
                var length = IsWide ? value : (value + 1) / 2;
                if (data.Length < length) return false;
                var drawn = Room(value);
                for (var i = 0; i < drawn; i++) Draw(i, IsWide ? data[i] : Nibble(data[i / 2], i));
                Advance(value);
                // Literal pixels are padded to a whole word.
                data = data[Math.Min((length + 1) & ~1, data.Length)..];
            }
        }
        return true;
    }

    private void FinishRows(int rows)
    {
        for (; rows > 0 && _y < _header.Height; rows--, _y++)
        {
            if (IsWanted) _sink.Write(Row, _bgra, PixelFormat.Bgra32);
            if (!_isBlank) BlankRow();
            _x = 0;
        }
    }

    /// <summary>How many of the next pixels to draw: as many as the row takes, and none of a row that nobody wants.</summary>
    private readonly int Room(int count) => IsWanted ? Math.Min(count, _header.Width - _x) : 0;

    private void Advance(int count) => _x = Math.Min(_x + count, _header.Width);

    private void BlankRow()
    {
        _isBlank = true;
        for (var x = 0; x < _header.Width; x++) _header.Colour(_content, 0, _bgra.Slice(x * 4, 4));
    }

    private void Draw(int offset, int index)
    {
        _isBlank = false;
        _header.Colour(_content, index, _bgra.Slice((_x + offset) * 4, 4));
    }

    private static int Nibble(byte pair, int index) => index % 2 == 0 ? pair >> 4 : pair & 15;
}
