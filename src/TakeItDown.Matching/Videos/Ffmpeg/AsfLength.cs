using System.Buffers.Binary;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>What an ASF (WMV) file says of its length. ffmpeg gives no duration of one that was cut.</summary>
internal static class AsfLength
{
    private const int ObjectHeader = 24;

    /// <summary>Whether the file ends before the data does that its data object promises.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> asf)
    {
        if (asf.Length < ObjectHeader) return true;
        // The header comes first, the data next. A stream that was saved while it was sent promises nothing: zero, or no more than its own header.
        var header = BinaryPrimitives.ReadUInt64LittleEndian(asf[16..]);
        if (header > (ulong)(asf.Length - ObjectHeader)) return true;
        var data = BinaryPrimitives.ReadUInt64LittleEndian(asf[((int)header + 16)..]);
        return data > (ulong)asf.Length - header;
    }
}
