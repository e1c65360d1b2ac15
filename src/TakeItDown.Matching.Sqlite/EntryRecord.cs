using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// The bytes in which the store keeps an entry: member and id, each with its length, the time in ticks, the media kind, the classification
/// with its length, and each hash as its kind and its bytes. Where the registry says more of the entry, a byte of 255 follows, which is no kind, and
/// then the categories and the feedback. An entry of which it says no more is as it was in version 4 of the file.
/// </summary>
internal static class EntryRecord
{
    private const byte NotesMark = 255;

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
        if (entry.Categories.Count > 0 || entry.Feedback.Count > 0) WriteNotes(entry, output);
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
        var hashes = ReadHashes(ref rest);
        var (categories, feedback) = ReadNotes(rest, pool);
        return new ListEntry
        {
            Key = key,
            Media = (MediaKind)content[8],
            Classification = classification.IsEmpty ? null : pool.Get(classification),
            Timestamp = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(content), TimeSpan.Zero),
            Hashes = hashes,
            Categories = categories,
            Feedback = feedback,
        };
    }

    /// <summary>What stands before the categories and the feedback.</summary>
    public static ReadOnlySpan<byte> WithoutNotes(ReadOnlySpan<byte> record)
    {
        var rest = record;
        ReadText(ref rest);
        ReadText(ref rest);
        rest = rest[9..];
        ReadText(ref rest);
        while (rest.Length > 0 && rest[0] != NotesMark) rest = rest[(1 + ((HashKind)rest[0]).ByteLength())..];
        return record[..^rest.Length];
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

    private static void WriteNotes(ListEntry entry, ArrayBufferWriter<byte> output)
    {
        output.Write([NotesMark, checked((byte)entry.Categories.Count), checked((byte)entry.Feedback.Count)]);
        foreach (var category in entry.Categories) WriteText(category, output);
        foreach (var one in entry.Feedback)
        {
            var room = output.GetSpan(6);
            (room[0], room[1]) = ((byte)one.Kind, (byte)(one.IsDispute ? 1 : 0));
            BinaryPrimitives.WriteInt32LittleEndian(room[2..], one.Members);
            output.Advance(6);
            WriteText(one.Reason ?? "", output);
        }
    }

    private static (IReadOnlyList<string> Categories, IReadOnlyList<MemberFeedback> Feedback) ReadNotes(ReadOnlySpan<byte> bytes, StringPool pool)
    {
        if (bytes.IsEmpty) return ([], []);
        var (categories, feedback) = (new string[bytes[1]], new MemberFeedback[bytes[2]]);
        bytes = bytes[3..];
        for (var i = 0; i < categories.Length; i++) categories[i] = pool.Get(ReadText(ref bytes));
        for (var i = 0; i < feedback.Length; i++)
        {
            var (kind, isDispute, members) = ((HashKind)bytes[0], bytes[1] != 0, BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]));
            bytes = bytes[6..];
            var reason = ReadText(ref bytes);
            feedback[i] = new MemberFeedback(kind, isDispute, reason.IsEmpty ? null : pool.Get(reason), members);
        }
        return (categories, feedback);
    }

    private static HashValue[] ReadHashes(ref ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var rest = bytes; rest.Length > 0 && rest[0] != NotesMark; rest = rest[(1 + ((HashKind)rest[0]).ByteLength())..]) count++;
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
