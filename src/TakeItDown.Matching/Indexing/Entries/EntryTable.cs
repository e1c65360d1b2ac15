using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TakeItDown.Matching.Indexing.Entries;

/// <summary>
/// What is known of entries besides their hashes, 12 bytes an entry: an entry's member, classification and media are one of few
/// combinations, and its id is a number or text in a common blob.
/// </summary>
internal sealed class EntryTable(IndexedEntry[] profiles, int[] profileOf, long[] ids, ReadOnlyMemory<byte> texts)
{
    /// <summary>How many entries there are.</summary>
    public int Count => ids.Length;

    /// <summary>The memory taken, in bytes, but for the few profiles.</summary>
    public long Bytes => ((long)ids.Length * sizeof(long)) + ((long)profileOf.Length * sizeof(int)) + texts.Length;

    /// <summary>What is known of an entry.</summary>
    public IndexedEntry Get(int entry)
    {
        var profile = profiles[profileOf[entry]];
        return profile with { Key = profile.Key with { Id = GetId(ids[entry]) } };
    }

    private string GetId(long id)
    {
        if (id >= 0) return id.ToString(CultureInfo.InvariantCulture);
        var text = texts.Span[(int)~id..];
        return Encoding.UTF8.GetString(text.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(text)));
    }
}
