namespace TakeItDown.Matching.Indexing;

/// <summary>Where lookups put what they find, up to a limit.</summary>
/// <param name="hits">Takes it.</param>
/// <param name="limit">The most hits to add.</param>
/// <param name="accepts">Says which hits count; the others take no room. Null for all.</param>
internal readonly ref struct HitCollector(List<IndexHit> hits, int limit, Func<IndexHit, bool>? accepts = null)
{
    private readonly int _room = checked((int)Math.Min(int.MaxValue, (long)hits.Count + limit));

    /// <summary>How many hits there are; what <see cref="CutBack"/> takes.</summary>
    public int Count => hits.Count;

    /// <summary>Whether the limit is reached, so that looking on is in vain.</summary>
    public bool IsFull => hits.Count >= _room;

    /// <summary>Adds one hit for each entry, as many as count and as the limit allows.</summary>
    public void Add(ReadOnlySpan<int> entries, int distance, int query, int hash = 0)
    {
        foreach (var entry in entries)
        {
            if (IsFull) return;
            var hit = new IndexHit(entry, distance, query, hash);
            if (accepts is null || accepts(hit)) hits.Add(hit);
        }
    }

    /// <summary>Takes back every hit after the first <paramref name="count"/>.</summary>
    public void CutBack(int count) => hits.RemoveRange(count, hits.Count - count);
}
