namespace TakeItDown.Matching.Syncing;

/// <summary>
/// Gathers pages that come in quick succession, to be stored as one: a store writes a hundred pages together several times as fast as
/// one by one, and has to go through a long list less often. What a crash can lose is bounded by <see cref="EntryLimit"/> and <see cref="TimeLimit"/>, and is fetched again.
/// </summary>
internal sealed class PageBatch(TimeProvider time)
{
    private const int EntryLimit = 100_000;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<EntryKey, Record> _records = [];
    private ListPage? _last;
    private bool _startsOver;
    private int _rejected;
    private long _begun;

    public bool IsEmpty => _last is null;

    /// <summary>Whether the pages should be stored now.</summary>
    public bool IsDue => _last is not null && (_last.CompleteThrough is not null || _records.Count >= EntryLimit || time.GetElapsedTime(_begun) >= TimeLimit);

    /// <summary>Adds a page; of a key that came before, the later state counts.</summary>
    public void Add(ListPage page)
    {
        if (_last is null) _begun = time.GetTimestamp();
        foreach (var entry in page.Upserts) _records[entry.Key] = new Record(entry, default);
        foreach (var removal in page.Removals) _records[removal.Key] = new Record(Entry: null, removal);
        _startsOver |= page.StartsOver;
        _rejected += page.Rejected;
        _last = page;
    }

    /// <summary>Takes the pages out as one.</summary>
    public ListPage Take()
    {
        var upserts = new List<ListEntry>(_records.Count);
        var removals = new List<ListRemoval>();
        foreach (var (entry, removal) in _records.Values)
        {
            if (entry is null) removals.Add(removal);
            else upserts.Add(entry);
        }
        var now = time.GetUtcNow();
        var page = new ListPage
        {
            Upserts = upserts,
            Removals = removals,
            Rejected = _rejected,
            StartsOver = _startsOver,
            Cursor = _last!.Cursor,
            // Freshness goes by our clock: one of a registry's that is ahead must not keep the list fresh for longer.
            CompleteThrough = _last.CompleteThrough > now ? now : _last.CompleteThrough,
            Progress = _last.Progress,
        };
        _records.Clear();
        (_last, _startsOver, _rejected) = (null, false, 0);
        return page;
    }

    private readonly record struct Record(ListEntry? Entry, ListRemoval Removal);
}
