using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// The bytes in which the store keeps an entry besides its key: a checksum over key and record, the time in ticks, the media kind,
/// the classification's length and text, and each hash as its kind and its bytes.
/// </summary>
internal static class EntryRecord
{
    private const int ChecksumLength = 4, ClassificationAt = ChecksumLength + 8 + 1;

    /// <summary>Writes an entry.</summary>
    public static void Write(ListEntry entry, ReadOnlySpan<byte> member, ReadOnlySpan<byte> id, ArrayBufferWriter<byte> output)
    {
        var classification = entry.Classification ?? "";
        var length = ClassificationAt + 2 + Encoding.UTF8.GetByteCount(classification);
        foreach (var hash in entry.Hashes) length += 1 + hash.Bytes.Length;

        output.ResetWrittenCount();
        var record = output.GetSpan(length)[..length];
        BinaryPrimitives.WriteInt64LittleEndian(record[ChecksumLength..], entry.Timestamp.UtcTicks);
        record[ChecksumLength + 8] = (byte)entry.Media;
        var written = Encoding.UTF8.GetBytes(classification, record[(ClassificationAt + 2)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ClassificationAt..], checked((ushort)written));
        var rest = record[(ClassificationAt + 2 + written)..];
        foreach (var hash in entry.Hashes)
        {
            rest[0] = (byte)hash.Kind;
            hash.Bytes.CopyTo(rest[1..]);
            rest = rest[(1 + hash.Bytes.Length)..];
        }
        BinaryPrimitives.WriteUInt32LittleEndian(record, Checksum(member, id, record[ChecksumLength..]));
        output.Advance(length);
    }

    /// <summary>Reads an entry.</summary>
    /// <returns>Null where the bytes are not what was written.</returns>
    public static ListEntry? Read(ReadOnlySpan<byte> member, ReadOnlySpan<byte> id, ReadOnlySpan<byte> record, StringPool pool)
    {
        if (record.Length < ClassificationAt + 2) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != Checksum(member, id, record[ChecksumLength..])) return null;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(record[ClassificationAt..]);
        var rest = record[(ClassificationAt + 2)..];
        var classification = length == 0 ? null : pool.Get(rest[..length]);
        rest = rest[length..];
        return new ListEntry
        {
            Key = new EntryKey(pool.Get(member), Encoding.UTF8.GetString(id)),
            Media = (MediaKind)record[ChecksumLength + 8],
            Classification = classification,
            Timestamp = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(record[ChecksumLength..]), TimeSpan.Zero),
            Hashes = ReadHashes(rest),
        };
    }

    private static HashValue[] ReadHashes(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var rest = bytes; rest.Length > 0; rest = rest[(1 + ((HashKind)rest[0]).ByteLength())..]) count++;
        var hashes = new HashValue[count];
        for (var i = 0; i < count; i++)
        {
            var kind = (HashKind)bytes[0];
            hashes[i] = HashValue.FromBytes(kind, bytes.Slice(1, kind.ByteLength()));
            bytes = bytes[(1 + kind.ByteLength())..];
        }
        return hashes;
    }

    /// <summary>CRC-32C, for which processors have an instruction.</summary>
    private static uint Checksum(ReadOnlySpan<byte> member, ReadOnlySpan<byte> id, ReadOnlySpan<byte> record) =>
        ~Append(Append(Append(BitOperations.Crc32C(~0u, (uint)member.Length), member), id), record);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return crc;
    }
}
