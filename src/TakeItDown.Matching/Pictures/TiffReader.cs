using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures;

/// <summary>Walks the directories of a TIFF or BigTIFF without reading what they point at.</summary>
internal readonly ref struct TiffReader
{
    private readonly ReadOnlySpan<byte> _tiff;
    private readonly bool _isLittle, _isBig;

    /// <param name="tiff">At least 16 bytes that begin as a TIFF does.</param>
    public TiffReader(ReadOnlySpan<byte> tiff)
    {
        _tiff = tiff;
        _isLittle = tiff[0] == 'I';
        _isBig = tiff[_isLittle ? 2 : 3] == 43;
    }

    /// <summary>Where the first directory is.</summary>
    public long FirstDirectory => _isBig ? Int64(8) : UInt32(4);

    /// <summary>Counts the values that the entries of a directory have, and finds the next directory; 0 after the last one.</summary>
    /// <returns>False where the file ends before the directory does.</returns>
    public bool TryReadDirectory(long at, out long values, out long next)
    {
        (values, next) = (0, 0);
        var (countLength, entryLength, offsetLength) = _isBig ? (8, 20, 8) : (2, 12, 4);
        if (at < 0 || at > _tiff.Length - countLength) return false;
        var count = _isBig ? Int64((int)at) : UInt16((int)at);
        var entries = at + countLength;
        if (count < 0 || count > (_tiff.Length - entries) / entryLength) return false;
        var end = entries + (count * entryLength);
        for (var entry = entries; entry < end; entry += entryLength)
        {
            var held = _isBig ? Int64((int)entry + 4) : UInt32((int)entry + 4);
            // No entry has more values than the file has bytes.
            if (held > 0 && held <= _tiff.Length) values += held;
        }
        if (end > _tiff.Length - offsetLength) return false;
        next = _isBig ? Int64((int)end) : UInt32((int)end);
        return true;
    }

    private ushort UInt16(int at) =>
        _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt16BigEndian(_tiff[at..]);

    private uint UInt32(int at) =>
        _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(_tiff[at..]) : BinaryPrimitives.ReadUInt32BigEndian(_tiff[at..]);

    private long Int64(int at) =>
        _isLittle ? BinaryPrimitives.ReadInt64LittleEndian(_tiff[at..]) : BinaryPrimitives.ReadInt64BigEndian(_tiff[at..]);
}
