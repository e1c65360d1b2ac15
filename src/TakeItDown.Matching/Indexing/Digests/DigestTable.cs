using System.Runtime.CompilerServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// The digests of one kind: a filter, then a table with open addressing. A slot's owner is 0 if it is empty, an entry's ordinal
/// plus 1, or, if negative, the name of a list of entries. A digest stands in its home slot or in one soon after it; behind the last
/// home are slots enough for the longest search, so that none wraps around. Digests are compared whole.
/// </summary>
/// <remarks>
/// No search visits more than <see cref="LongestSearch"/> slots: a build that would need more starts anew with another seed. Random
/// digests, three quarters full, need a few hundred in the worst of ten million, and invented ones cannot aim at a seed they do not know.
/// </remarks>
internal sealed class DigestTable<T>(DigestSeed seed, DigestFilter filter, AlignedArray<DigestSlot<T>> slots, int homes, IntLists lists)
    where T : unmanaged, IDigest<T>
{
    /// <summary>The most slots that a search visits.</summary>
    public const int LongestSearch = 1024;

    private readonly DigestSeed _seed = seed;

    // Small tables have fewer slots behind the last home; one of those is empty, and ends a search before it leaves the table.
    private readonly int _longestSearch = Math.Min(LongestSearch, slots.Length - homes);

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => filter.Bytes + slots.Bytes + lists.Bytes;

    /// <summary>The first step for one of a batch: starts to load its block of the filter.</summary>
    /// <returns>The hash that the other steps take.</returns>
    public ulong Prepare(ReadOnlySpan<byte> bytes)
    {
        var hash = T.Read(bytes).Hash(in _seed);
        filter.Prefetch(hash);
        return hash;
    }

    /// <summary>The second step: false if the digest is surely absent, else starts to load its home slot.</summary>
    public bool MayContain(ulong hash)
    {
        if (!filter.MayContain(hash)) return false;
        ref var home = ref Home(hash);
        Prefetch.Line(ref home);
        Prefetch.Line(ref Unsafe.Add(ref home, 3));
        return true;
    }

    /// <summary>The last step: collects every entry with exactly this digest.</summary>
    // Not inlined: what nearly never runs would make room on the stack for what always does.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Search(ReadOnlySpan<byte> bytes, ulong hash, int query, HitCollector hits)
    {
        var digest = T.Read(bytes);
        ref var slot = ref Home(hash);
        for (var visited = 0; visited < _longestSearch && slot.Owner != 0; visited++)
        {
            if (slot.Digest.Equals(digest))
            {
                var name = slot.Owner > 0 ? slot.Owner - 1 : slot.Owner;
                hits.Add(lists.Get(in name), 0, query);
                return;
            }
            slot = ref Unsafe.Add(ref slot, 1);
        }
    }

    private ref DigestSlot<T> Home(ulong hash) => ref Unsafe.Add(ref slots.First, DigestPlace.Of(hash, homes));
}
