namespace TakeItDown.Matching.Indexing;

/// <summary>The hashes of one list, immutable: lookups need no lock, and a refresh builds another index.</summary>
internal sealed class HashIndex
{
    private readonly List<IndexedEntry> _entries;
    private readonly Dictionary<HashValue, List<int>> _digests;
    private readonly List<(PdqHash Hash, int Entry)> _pdqs;

    internal HashIndex(List<IndexedEntry> entries, Dictionary<HashValue, List<int>> digests, List<(PdqHash Hash, int Entry)> pdqs, HashKinds kinds, long rejected)
    {
        _entries = entries;
        _digests = digests;
        _pdqs = pdqs;
        Kinds = kinds;
        RejectedHashes = rejected;
    }

    /// <summary>An index of nothing.</summary>
    public static HashIndex Empty { get; } = new HashIndexBuilder().Build();

    /// <summary>The kinds of hash that at least one entry has.</summary>
    public HashKinds Kinds { get; }

    /// <summary>How many entries there are.</summary>
    public int EntryCount => _entries.Count;

    /// <summary>How many hashes were left out because they would match by accident.</summary>
    public long RejectedHashes { get; }

    /// <summary>What is known of an entry.</summary>
    public IndexedEntry GetEntry(int entry) => _entries[entry];

    /// <summary>Adds every entry with exactly this digest to <paramref name="hits"/>.</summary>
    public void FindDigest(HashValue digest, List<IndexHit> hits)
    {
        if (!_digests.TryGetValue(digest, out var entries)) return;
        foreach (var entry in entries) hits.Add(new IndexHit(entry, 0));
    }

    /// <summary>Adds every entry with a PDQ hash within <paramref name="maximumDistance"/> of any of the queries to <paramref name="hits"/>.</summary>
    public void FindPdq(ReadOnlySpan<PdqHash> queries, int maximumDistance, List<IndexHit> hits)
    {
        for (var query = 0; query < queries.Length; query++)
        {
            for (var i = 0; i < _pdqs.Count; i++)
            {
                var (hash, entry) = _pdqs[i];
                var distance = hash.DistanceTo(queries[query]);
                if (distance <= maximumDistance) hits.Add(new IndexHit(entry, distance, query, i));
            }
        }
    }
}
