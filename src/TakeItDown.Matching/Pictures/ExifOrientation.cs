using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures;

/// <summary>Reads the one EXIF field that matters here.</summary>
internal static class ExifOrientation
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    /// <summary>The orientation, 1 to 8, from a TIFF structure; 1 where there is none or it makes no sense.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var little = tiff[0] == 'I';
        if (!tiff.StartsWith(little ? "II*\0"u8 : "MM\0*"u8)) return 1;

        var directory = UInt32(tiff[4..], little);
        if (directory > (uint)tiff.Length - 2) return 1;
        var entries = tiff[(int)directory..];
        int count = UInt16(entries, little);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (UInt16(entries, little) != OrientationTag || UInt16(entries[2..], little) != ShortType) continue;
            var value = UInt16(entries[8..], little);
            return value is >= 1 and <= 8 ? value : 1;
        }
        return 1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
