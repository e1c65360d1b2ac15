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
/// digests, three quarters full, need about 430 in the worst of ten million, and invented ones cannot aim at a seed they do not know.
/// </remarks>
internal sealed class DigestTable<T>(DigestSeed seed, DigestFilter filter, AlignedArray<DigestSlot<T>> slots, int homes, IntLists lists)
    where T : unmanaged, IDigest<T>
{
    /// <summary>The most slots that a search visits.</summary>
    public const int LongestSearch = 1024;

    private readonly DigestSeed _seed = seed;

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => filter.Bytes + slots.Bytes + lists.Bytes;

    /// <summary>Collects every entry with exactly this digest.</summary>
    public void Find(ReadOnlySpan<byte> bytes, int query, HitCollector hits)
    {
        var owner = FindOwner(T.Read(bytes));
        if (owner == 0) return;
        var name = owner > 0 ? owner - 1 : owner;
        hits.Add(lists.Get(in name), 0, query);
    }

    /// <summary>The owner of a digest, 0 if nobody has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOwner(T digest)
    {
        var hash = digest.Hash(in _seed);
        return filter.MayContain(hash) ? Search(digest, hash) : 0;
    }

    /// <summary>Starts to load what <see cref="Find"/> will read first.</summary>
    public void Prefetch(ReadOnlySpan<byte> bytes) => filter.Prefetch(T.Read(bytes).Hash(in _seed));

    private int Search(T digest, ulong hash)
    {
        var all = slots.Span;
        var start = (int)Math.BigMul(hash, (ulong)homes, out _);
        foreach (ref readonly var slot in all.Slice(start, Math.Min(LongestSearch, all.Length - start)))
        {
            if (slot.Owner == 0 || slot.Digest.Equals(digest)) return slot.Owner;
        }
        return 0;
    }
}
