using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>The same random hashes in every run, ten million in a tenth of a second.</summary>
internal static class RandomHashes
{
    public static PdqHash[] Pdq(int count, ulong seed) => Fill<PdqHash>(count, seed);

    public static UInt128[] Md5(int count, ulong seed) => Fill<UInt128>(count, seed);

    public static HashValue ToValue(UInt128 md5) => HashValue.FromBytes(HashKind.Md5, MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in md5)));

    /// <summary>Some of the listed digests, from all over the list.</summary>
    public static UInt128[] Pick(UInt128[] listed, int count) => [.. Enumerable.Range(0, count).Select(i => listed[i * 7_654_321L % listed.Length])];

    /// <summary>Entries that have one hash each.</summary>
    public static IEnumerable<ListEntry> Entries(IEnumerable<HashValue> hashes) => Entries(hashes.Select(hash => new[] { hash }));

    /// <summary>Entries that have several hashes each.</summary>
    public static IEnumerable<ListEntry> Entries(IEnumerable<HashValue[]> hashes) => hashes.Select((each, i) => new ListEntry
    {
        Key = new EntryKey("1", i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Media = MediaKind.Image,
        Classification = "A1",
        Hashes = each,
    });

    /// <summary>A list of pictures, each with its MD5 digest and its PDQ hash.</summary>
    public static HashIndex Index(int entries)
    {
        var builder = new HashIndexBuilder();
        var hashes = Pdq(entries, seed: 5).Zip(Md5(entries, seed: 6), (pdq, md5) => new[] { pdq.ToValue(), ToValue(md5) });
        foreach (var entry in Entries(hashes)) builder.Add(entry);
        return builder.Build();
    }

    // Weyl steps of an odd number, each mixed so that every bit depends on every bit.
    private static T[] Fill<T>(int count, ulong seed)
        where T : unmanaged
    {
        var items = GC.AllocateUninitializedArray<T>(count);
        foreach (ref var word in MemoryMarshal.Cast<T, ulong>(items.AsSpan()))
        {
            var mixed = seed += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
            mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
            word = mixed ^ (mixed >> 32);
        }
        return items;
    }
}
