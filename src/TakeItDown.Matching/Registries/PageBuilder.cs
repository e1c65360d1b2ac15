namespace TakeItDown.Matching.Registries;

/// <summary>Gathers the records of a page. Where a key comes twice, the later state counts.</summary>
internal sealed class PageBuilder
{
    /// <summary>
    /// So many records of which nothing can be used, and more than half of a page, are no slip but another format: to go on would leave out whatever
    /// the registry tells. Fewer may come together by chance, where little has changed, and must not hold up the list.
    /// </summary>
    private const int ManyLost = 10;

    /// <summary>Most pages have a thousand records. A table that grew to them would be one of the large objects, which are collected last.</summary>
    private readonly Dictionary<EntryKey, Record> _records = new(1000);

    private int _lost;

    /// <summary>How many records there were of which nothing, or not everything, can be used.</summary>
    public int Rejected { get; private set; }

    /// <summary>Counts a malformed record.</summary>
    /// <param name="isLost">Whether nothing of it can be used, rather than not everything.</param>
    public void Reject(bool isLost = true)
    {
        Rejected++;
        if (isLost) _lost++;
    }

    /// <summary>Takes a live entry.</summary>
    public void Add(ListEntry entry) => Put(entry.Key, new Record(entry, entry.Timestamp, IsWithdrawn: false));

    /// <summary>Takes what leaves the list. Without a readable time it counts as the latest state: a withdrawal must never be lost.</summary>
    public void Remove(ListRemoval removal) => Put(removal.Key, new Record(Entry: null, removal.Timestamp ?? DateTimeOffset.MaxValue, removal.IsWithdrawn));

    /// <summary>What the records come to.</summary>
    /// <param name="count">How many there were, those that were passed over included.</param>
    /// <exception cref="RegistryFormatException">Most of them are malformed.</exception>
    public (List<ListEntry> Upserts, List<ListRemoval> Removals) Build(long count)
    {
        if (_lost >= ManyLost && _lost > count / 2) throw new RegistryFormatException($"{_lost} of its {count} records are malformed");
        var upserts = new List<ListEntry>(_records.Count);
        var removals = new List<ListRemoval>();
        foreach (var (key, (entry, timestamp, isWithdrawn)) in _records)
        {
            if (entry is not null) upserts.Add(entry);
            else removals.Add(new ListRemoval(key, timestamp == DateTimeOffset.MaxValue ? null : timestamp, isWithdrawn));
        }
        return (upserts, removals);
    }

    private void Put(EntryKey key, Record record)
    {
        if (!_records.TryGetValue(key, out var known) || known.Timestamp <= record.Timestamp) _records[key] = record;
    }

    private readonly record struct Record(ListEntry? Entry, DateTimeOffset Timestamp, bool IsWithdrawn);
}
