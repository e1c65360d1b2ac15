namespace TakeItDown.Matching.Registry.Ncmec;

/// <summary>Gathers the records of a page. Where a key comes twice, the later state counts.</summary>
internal sealed class NcmecPageBuilder(NcmecFilter filter)
{
    private readonly Dictionary<EntryKey, Record> _records = [];
    private int _rejected;

    /// <summary>Where the next page is.</summary>
    public string? Next { get; set; }

    /// <summary>Counts a record of which nothing, or not everything, can be used.</summary>
    public void Reject() => _rejected++;

    /// <summary>Takes a live entry.</summary>
    public void Add(ListEntry entry) => Put(entry.Key, new Record(entry, entry.Timestamp));

    /// <summary>Takes a tombstone. One without a readable time counts as the latest state: a withdrawal must never be lost.</summary>
    public void Remove(EntryKey key, DateTimeOffset? timestamp) => Put(key, new Record(Entry: null, timestamp ?? DateTimeOffset.MaxValue));

    public NcmecPage Build()
    {
        var upserts = new List<ListEntry>(_records.Count);
        var removals = new List<EntryKey>();
        foreach (var (key, record) in _records)
        {
            if (record.Entry is { } entry) upserts.Add(entry);
            else removals.Add(key);
        }
        return new NcmecPage(upserts, removals, _rejected, Next);
    }

    private void Put(EntryKey key, Record record)
    {
        if (!filter.Keeps(key.Member)) return;
        if (!_records.TryGetValue(key, out var known) || known.Timestamp <= record.Timestamp) _records[key] = record;
    }

    private readonly record struct Record(ListEntry? Entry, DateTimeOffset Timestamp);
}
