namespace TakeItDown.Matching.Storage;

/// <summary>One list in memory.</summary>
internal sealed class MemoryList
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntryKey, Slot> _entries = [];
    private string? _cursor;
    private DateTimeOffset? _completeThrough;
    private long _generation;
    private long _unseen, _unseenTwice;

    /// <summary>What is known of the list; null before its first page.</summary>
    public StoredList? Describe()
    {
        lock (_lock) return _cursor is null ? null : new StoredList(_cursor, _completeThrough, _entries.Count, _unseen, _unseenTwice);
    }

    /// <summary>The entries as of now.</summary>
    public ListEntry[] Copy()
    {
        lock (_lock) return [.. _entries.Values.Select(slot => slot.Entry)];
    }

    public ListChanges Apply(ListPage page)
    {
        lock (_lock)
        {
            if (page.Follows is not null && page.Follows != _cursor)
                throw new ListStoreException("The store holds another state of the list than was read from it: somebody else writes it, too.");
            if (_cursor is null && !page.StartsOver)
                throw new ListStoreException("The store holds nothing of this list, so that a page from its middle cannot be added.");
            // All that calls the caller's code comes before the first change, so that a page that fails leaves nothing of itself.
            (ListEntry Entry, bool IsNews, bool IsNotesOnly)[] entries = [.. page.Upserts.Select(entry => (entry, IsNews(entry), IsNotesOnly(entry)))];
            ListRemoval[] removed = [.. page.Removals];
            if (page.StartsOver)
            {
                _generation++;
                (_unseen, _unseenTwice) = (_entries.Count, _unseen);
            }
            long upserts = 0, removals = 0, notesOnly = 0;
            foreach (var (entry, isNews, isNotesOnly) in entries)
            {
                if (isNews) upserts++;
                if (isNotesOnly) notesOnly++;
                if (_entries.TryGetValue(entry.Key, out var known)) See(known.Generation);
                _entries[entry.Key] = new Slot(entry, _generation);
            }
            foreach (var removal in removed)
            {
                if (!_entries.TryGetValue(removal.Key, out var known) || (!removal.IsWithdrawn && known.Generation < _generation)) continue;
                _entries.Remove(removal.Key);
                removals++;
                See(known.Generation);
            }
            removals += page.Unseen switch
            {
                UnseenEntries.Dropped => RemoveBefore(_generation),
                UnseenEntries.DroppedIfTwice => RemoveBefore(_generation - 1),
                _ => 0,
            };
            _cursor = page.Cursor;
            _completeThrough = page.CompleteThrough ?? _completeThrough;
            return new ListChanges(upserts, removals) { NotesOnly = notesOnly };
        }
    }

    /// <summary>Counts an entry as no longer unseen, if it was.</summary>
    private void See(long generation)
    {
        if (generation < _generation) _unseen--;
        if (generation < _generation - 1) _unseenTwice--;
    }

    private int RemoveBefore(long generation)
    {
        var before = _entries.Count;
        foreach (var (key, slot) in _entries)
        {
            if (slot.Generation >= generation) continue;
            _entries.Remove(key);
            See(slot.Generation);
        }
        return before - _entries.Count;
    }

    private bool IsNews(ListEntry entry) =>
        !_entries.TryGetValue(entry.Key, out var known) || !SameContent(known.Entry, entry) || !SameNotes(known.Entry, entry);

    private bool IsNotesOnly(ListEntry entry) =>
        _entries.TryGetValue(entry.Key, out var known) && SameContent(known.Entry, entry) && !SameNotes(known.Entry, entry);

    private static bool SameContent(ListEntry left, ListEntry right) =>
        left.Media == right.Media && left.Classification == right.Classification && left.Timestamp == right.Timestamp
        && left.Hashes.SequenceEqual(right.Hashes);

    private static bool SameNotes(ListEntry left, ListEntry right) => left.Categories.SequenceEqual(right.Categories) && left.Feedback.SequenceEqual(right.Feedback);

    /// <param name="Entry">The entry.</param>
    /// <param name="Generation">How often the list had been read from its beginning when a page last brought the entry.</param>
    private readonly record struct Slot(ListEntry Entry, long Generation);
}
