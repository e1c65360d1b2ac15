using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Scanning;

/// <summary>A list as one scan compares with it.</summary>
/// <param name="Snapshot">Its hashes.</param>
/// <param name="Options">How it is used.</param>
/// <param name="PdqDistance">The most bits in which PDQ hashes may differ.</param>
/// <param name="Freshness">How far it can be trusted.</param>
internal readonly record struct ScanList(ListSnapshot Snapshot, ListOptions Options, int PdqDistance, ListFreshness Freshness)
{
    /// <summary>The kinds that are compared, and of which the list holds any.</summary>
    public HashKinds Kinds => Snapshot.Index.Kinds & Options.Kinds;

    /// <summary>Whether it depends on the content if it is compared with the list.</summary>
    public bool IsPartial => Options.TrafficShare < 1;

    /// <summary>Whether what it finds decides the verdict.</summary>
    public bool IsEnforced => Options.Mode == ListMode.Enforce;

    // What one lookup may bring: bounds memory and time where a list holds a hash, or hashes near each other, a million times.
    private const int MostHits = 100_000;

    // Only what counts takes room: else suppressed entries could crowd out those that are not.
    private bool IsRestricted => Options.Kinds != HashKinds.All || Options.Suppressed.Count > 0 || Options.SuppressedHashes.Count > 0;

    /// <summary>Finds entries by the digests among these hashes, as far as the options allow.</summary>
    public void FindDigests(ReadOnlySpan<HashValue> hashes, List<IndexHit> hits)
    {
        hits.Clear();
        Snapshot.Index.FindDigests(hashes, hits, MostHits, IsRestricted ? Restrict(hashes.ToArray()) : null);
    }

    /// <summary>Finds entries by PDQ hashes, as far as the options allow, the closest first.</summary>
    public void FindPdq(ReadOnlySpan<PdqHash> queries, List<IndexHit> hits)
    {
        hits.Clear();
        if (!Options.Kinds.Contains(HashKind.Pdq)) return;
        Snapshot.Index.FindPdq(queries, PdqDistance, hits, MostHits, IsRestricted ? Restrict(digests: null) : null);
        if (hits.Count > 1) hits.Sort(static (left, right) => left.Distance.CompareTo(right.Distance));
    }

    /// <summary>What the options allow of what is found by these digests, or, without any, by PDQ hashes.</summary>
    private Func<IndexHit, bool> Restrict(HashValue[]? digests)
    {
        var (index, options) = (Snapshot.Index, Options);
        return hit =>
        {
            var listed = digests is null ? index.GetPdq(hit.Hash).ToValue() : digests[hit.Query];
            return options.Kinds.Contains(listed.Kind) && !options.Suppresses(listed)
                && (options.Suppressed.Count == 0 || !options.Suppressed.Contains(index.GetEntry(hit.Entry).Key));
        };
    }
}
