using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// The bytes in which the store keeps an entry: member and id, each with its length, the time in ticks, the media kind, the classification
/// with its length, and each hash as its kind and its bytes.
/// </summary>
internal static class EntryRecord
{
    /// <summary>Writes an entry.</summary>
    public static void Write(ListEntry entry, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        WriteText(entry.Key.Member, output);
        WriteText(entry.Key.Id, output);
        var fixedPart = output.GetSpan(9);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, entry.Timestamp.UtcTicks);
        fixedPart[8] = (byte)entry.Media;
        output.Advance(9);
        WriteText(entry.Classification ?? "", output);
        foreach (var hash in entry.Hashes)
        {
            var bytes = hash.Bytes;
            var room = output.GetSpan(1 + bytes.Length);
            room[0] = (byte)hash.Kind;
            bytes.CopyTo(room[1..]);
            output.Advance(1 + bytes.Length);
        }
    }

    /// <summary>Reads an entry from what was written.</summary>
    public static ListEntry Read(ReadOnlySpan<byte> record, StringPool pool)
    {
        var member = pool.Get(ReadText(ref record));
        return ReadContent(new EntryKey(member, Encoding.UTF8.GetString(ReadText(ref record))), record, pool);
    }

    /// <summary>Reads what stands behind member and id.</summary>
    public static ListEntry ReadContent(EntryKey key, ReadOnlySpan<byte> content, StringPool pool)
    {
        var rest = content[9..];
        var classification = ReadText(ref rest);
        return new ListEntry
        {
            Key = key,
            Media = (MediaKind)content[8],
            Classification = classification.IsEmpty ? null : pool.Get(classification),
            Timestamp = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero),
            Hashes = ReadHashes(rest),
        };
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> output)
    {
        var room = output.GetSpan(2 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[2..]);
        BinaryPrimitives.WriteUInt16LittleEndian(room, checked((ushort)length));
        output.Advance(2 + length);
    }

    private static ReadOnlySpan<byte> ReadText(ref ReadOnlySpan<byte> record)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(record);
        var text = record.Slice(2, length);
        record = record[(2 + length)..];
        return text;
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
}
