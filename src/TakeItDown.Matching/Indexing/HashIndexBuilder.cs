namespace TakeItDown.Matching.Indexing;

/// <summary>Gathers entries and builds an index of them. One use, one thread.</summary>
internal sealed class HashIndexBuilder
{
    private readonly List<IndexedEntry> _entries = [];
    private readonly Dictionary<HashValue, List<int>> _digests = [];
    private readonly List<(PdqHash Hash, int Entry)> _pdqs = [];
    private HashKinds _kinds;

    /// <summary>Adds an entry with all its hashes.</summary>
    public void Add(ListEntry entry)
    {
        var ordinal = _entries.Count;
        var pdqs = entry.Hashes.Where(hash => hash.Kind == HashKind.Pdq).Distinct().ToList();
        _entries.Add(new IndexedEntry(entry.Key, entry.Classification, entry.Media, pdqs.Count));
        foreach (var hash in pdqs) _pdqs.Add((PdqHash.FromValue(hash), ordinal));
        foreach (var hash in entry.Hashes)
        {
            _kinds |= hash.Kind.ToKinds();
            if (hash.Kind == HashKind.Pdq) continue;
            if (_digests.TryGetValue(hash, out var entries)) entries.Add(ordinal);
            else _digests.Add(hash, [ordinal]);
        }
    }

    /// <summary>Builds the index; the builder must not be used afterwards.</summary>
    public HashIndex Build(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new HashIndex(_entries, _digests, _pdqs, _kinds, rejected: 0);
    }
}
