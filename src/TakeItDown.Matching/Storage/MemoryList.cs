namespace TakeItDown.Matching.Storage;

/// <summary>One list in memory.</summary>
internal sealed class MemoryList(int removalLimit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntryKey, Slot> _entries = [];
    private readonly Dictionary<long, long> _generations = [];
    private readonly MemoryNews _news = new(removalLimit);
    private StoredList? _list;

    /// <summary>What is known of the list; null before its first change.</summary>
    public StoredList? Describe()
    {
        lock (_lock) return _list;
    }

    /// <summary>The entries as of now.</summary>
    public ListEntry[] Copy()
    {
        lock (_lock) return [.. _entries.Values.Select(slot => slot.Entry)];
    }

    public long CountBefore(long generation)
    {
        lock (_lock) return _generations.Where(count => count.Key < generation).Sum(count => count.Value);
    }

    public ListNews? ReadNews(long since, int limit)
    {
        lock (_lock) return _list is null ? null : _news.Read(since, limit, _list.Position, FindState);
    }

    public AppliedChange Apply(StoreChange change)
    {
        lock (_lock)
        {
            if (change.Expected != (_list?.Position ?? 0) || change.Generation < Math.Max(_list?.Generation ?? 0, 1)) throw new ListConflictException();
            // All that calls the caller's code comes before the first change, so that a change that fails leaves nothing of itself.
            (ListEntry Entry, bool IsNews, bool IsNotesOnly)[] entries = [.. change.Upserts.Select(entry => (entry, IsNews(entry), IsNotesOnly(entry)))];
            StoreRemoval[] removed = [.. change.Removals];
            var position = _list?.Position ?? StoredList.BeginPosition();
            var before = position;
            if (_list is null) _news.Begin(position);

            long upserts = 0, removals = 0, notesOnly = 0;
            foreach (var (entry, isNews, isNotesOnly) in entries)
            {
                if (isNotesOnly) notesOnly++;
                var known = _entries.GetValueOrDefault(entry.Key);
                if (known.Entry is not null) Count(known.Generation, -1);
                Count(change.Generation, 1);
                if (isNews)
                {
                    upserts++;
                    _news.Upserted(++position, entry.Key);
                }
                _entries[entry.Key] = isNews ? new Slot(entry, change.Generation, position) : known with { Generation = change.Generation };
            }
            foreach (var removal in removed)
            {
                if (!_entries.TryGetValue(removal.Key, out var known) || known.Generation < removal.Since) continue;
                Remove(removal.Key, known.Generation, ++position);
                removals++;
            }
            if (change.DropsBefore > 0)
            {
                foreach (var (key, slot) in _entries)
                {
                    if (slot.Generation >= change.DropsBefore) continue;
                    Remove(key, slot.Generation, ++position);
                    removals++;
                }
            }
            // What changes nothing moves on, too, or of two who expect the same both would be let in.
            if (position == before) position++;
            _news.Tidy(_entries.Count, FindState);
            _list = new StoredList(change.Cursor, change.CompleteThrough ?? _list?.CompleteThrough, _entries.Count, position, change.Generation);
            return new AppliedChange(position, new ListChanges(upserts, removals) { NotesOnly = notesOnly });
        }
    }

    private (ListEntry? Entry, long Position) FindState(EntryKey key) => _entries.TryGetValue(key, out var slot) ? (slot.Entry, slot.Position) : default;

    private void Remove(EntryKey key, long generation, long position)
    {
        _entries.Remove(key);
        Count(generation, -1);
        _news.Removed(position, KeyDigest.Of(key));
    }

    private void Count(long generation, long entries)
    {
        var count = _generations.GetValueOrDefault(generation) + entries;
        if (count == 0) _generations.Remove(generation);
        else _generations[generation] = count;
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
    /// <param name="Generation">The generation of the change that last brought it.</param>
    /// <param name="Position">The list's position from which on it is as it is.</param>
    private readonly record struct Slot(ListEntry Entry, long Generation, long Position);
}
