using System.Buffers.Binary;
using System.Globalization;

namespace TakeItDown.Matching.Testing.Stores;

/// <summary>Entries made of numbers, and what a store holds as text that can be compared.</summary>
internal static class Entries
{
    public static EntryKey Key(int number) => new("42", number.ToString(CultureInfo.InvariantCulture));

    public static ListEntry Entry(int number, int version = 0) => new() { Key = Key(number), Media = MediaKind.Image, Hashes = [Hash(HashKind.Sha256, (number * 31) + version)] };

    public static ListEntry[] Range(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Entry(number))];

    public static HashValue Hash(HashKind kind, int seed)
    {
        var bytes = new byte[kind.ByteLength()];
        for (var i = 0; i + sizeof(int) <= bytes.Length; i += sizeof(int)) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), (seed * 7919) + i);
        return HashValue.FromBytes(kind, bytes);
    }

    public static string Describe(ListEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Key.Member}|{entry.Key.Id}|{entry.Media}|{entry.Classification ?? "-"}|{entry.Timestamp.UtcTicks}|{string.Join(' ', entry.Hashes.Select(hash => hash.Kind + hash.ToHexString()))}|{string.Join(',', entry.Categories)}|{string.Join(',', entry.Feedback)}");

    public static async Task<string[]> ContentAsync(this IListStore store, string list, CancellationToken cancellationToken)
    {
        var entries = new List<string>();
        await foreach (var entry in store.ReadEntriesAsync(list, cancellationToken).ConfigureAwait(false)) entries.Add(Describe(entry));
        entries.Sort(StringComparer.Ordinal);
        return [.. entries];
    }

    /// <summary>Not by the extension for spans, which cannot live across an await.</summary>
    public static bool AreSame(string[] left, string[] right) => Enumerable.SequenceEqual(left, right, StringComparer.Ordinal);

    public static string[] Content(IEnumerable<ListEntry> entries) => [.. entries.Select(Describe).Order(StringComparer.Ordinal)];
}
