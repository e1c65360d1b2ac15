namespace TakeItDown.Matching.Indexing;

/// <summary>Where lookups put what they find, up to a limit.</summary>
internal readonly ref struct HitCollector(List<IndexHit> hits, int limit)
{
    private readonly int _room = checked((int)Math.Min(int.MaxValue, (long)hits.Count + limit));

    /// <summary>How many hits there are; what <see cref="CutBack"/> takes.</summary>
    public int Count => hits.Count;

    /// <summary>Whether the limit is reached, so that looking on is in vain.</summary>
    public bool IsFull => hits.Count >= _room;

    /// <summary>Adds one hit for each entry, as many as the limit allows.</summary>
    public void Add(ReadOnlySpan<int> entries, int distance, int query, int hash = 0)
    {
        foreach (var entry in entries)
        {
            if (IsFull) return;
            hits.Add(new IndexHit(entry, distance, query, hash));
        }
    }

    /// <summary>Takes back every hit after the first <paramref name="count"/>.</summary>
    public void CutBack(int count) => hits.RemoveRange(count, hits.Count - count);
}
