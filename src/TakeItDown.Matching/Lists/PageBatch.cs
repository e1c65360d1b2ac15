namespace TakeItDown.Matching.Lists;

/// <summary>
/// Gathers pages that come in quick succession, to be stored as one: a store writes a hundred pages together several times as fast as
/// one by one, and has to go through a long list less often. What a crash can lose is bounded by <see cref="EntryLimit"/> and <see cref="TimeLimit"/>, and is fetched again.
/// </summary>
internal sealed class PageBatch(TimeProvider time)
{
    private const int EntryLimit = 100_000;

    // A list has a few million entries at most; a registry that names more to be removed, while nothing else moves on, would fill the memory.
    private const int HeldLimit = 5_000_000;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<EntryKey, ListEntry> _upserts = [];
    private readonly Dictionary<EntryKey, ListRemoval> _removals = [];
    private ListPage? _last;
    private bool _startsOver;
    private string? _rereadFrom;
    private int _rejected;
    private long _begun;

    /// <summary>Whether removals wait for the last of the pages, so that all of them can be judged together.</summary>
    public bool HoldsRemovals { get; set; }

    public bool IsEmpty => _last is null;

    /// <summary>Whether the pages should be stored now.</summary>
    public bool IsDue => _last is not null && (_last.CompleteThrough is not null || _upserts.Count + (HoldsRemovals ? 0 : _removals.Count) >= EntryLimit || time.GetElapsedTime(_begun) >= TimeLimit);

    /// <summary>Adds a page; of a key that came before, the later state counts.</summary>
    public void Add(ListPage page)
    {
        if (_last is null) _begun = time.GetTimestamp();
        foreach (var entry in page.Upserts)
        {
            _upserts[entry.Key] = entry;
            _removals.Remove(entry.Key);
        }
        if (_removals.Count + page.Removals.Count > HeldLimit) throw new ListSourceException("The registry withdraws more entries than any list has; nothing of that is believed.");
        foreach (var removal in page.Removals)
        {
            _removals[removal.Key] = removal;
            _upserts.Remove(removal.Key);
        }
        _startsOver |= page.StartsOver;
        // The earliest: whoever reads from there reads the later ones, too.
        _rereadFrom ??= page.RereadFrom;
        _rejected += page.Rejected;
        _last = page;
    }

    /// <summary>Takes the entries out, and leaves the removals. What is stored goes on from where it was before them.</summary>
    /// <param name="cursor">The source's cursor from before the first of the pages.</param>
    public ListPage TakeUpserts(string cursor)
    {
        var page = new ListPage { Upserts = [.. _upserts.Values], Rejected = _rejected, Cursor = cursor, RereadFrom = _rereadFrom, Progress = _last!.Progress };
        _upserts.Clear();
        (_rejected, _rereadFrom, _begun) = (0, null, time.GetTimestamp());
        return page;
    }

    /// <summary>Takes the pages out as one.</summary>
    public ListPage Take()
    {
        var now = time.GetUtcNow();
        var page = new ListPage
        {
            Upserts = [.. _upserts.Values],
            Removals = [.. _removals.Values],
            Rejected = _rejected,
            StartsOver = _startsOver,
            Cursor = _last!.Cursor,
            // Freshness goes by our clock: one of a registry's that is ahead must not keep the list fresh for longer.
            CompleteThrough = _last.CompleteThrough > now ? now : _last.CompleteThrough,
            RereadFrom = _rereadFrom,
            Progress = _last.Progress,
        };
        Clear();
        return page;
    }

    /// <summary>Forgets the pages: they are fetched again.</summary>
    public void Clear()
    {
        _upserts.Clear();
        _removals.Clear();
        (_last, _startsOver, _rereadFrom, _rejected) = (null, false, null, 0);
    }
}
