namespace TakeItDown.Matching.Storage;

/// <summary>In which order the entries of a list in memory were added, changed and removed.</summary>
internal sealed class MemoryNews(int removalLimit)
{
    /// <summary>With the places of states that are past, which are skipped: another place of the same entry follows, or its removal.</summary>
    private readonly List<(long Position, EntryKey Key)> _upserts = [];

    private readonly List<(long Position, KeyDigest Key)> _removals = [];

    /// <summary>From where on all is known.</summary>
    private long _since;

    public void Begin(long position) => _since = position;

    public void Upserted(long position, EntryKey key) => _upserts.Add((position, key));

    public void Removed(long position, KeyDigest key) => _removals.Add((position, key));

    /// <summary>Forgets removals beyond the limit, and places of states that are past once they are as many as there are entries.</summary>
    public void Tidy(int entries, Func<EntryKey, (ListEntry? Entry, long Position)> find)
    {
        if (_removals.Count > removalLimit)
        {
            var forgotten = _removals.Count - removalLimit;
            _since = _removals[forgotten - 1].Position;
            _removals.RemoveRange(0, forgotten);
        }
        if (_upserts.Count <= (2 * entries) + 1000) return;
        _upserts.RemoveAll(upsert => find(upsert.Key).Position != upsert.Position);
    }

    public ListNews? Read(long since, int limit, long position, Func<EntryKey, (ListEntry? Entry, long Position)> find)
    {
        if (since < _since || since > position) return null;
        var changes = new List<EntryChange>();
        var (upsert, removal) = (After(_upserts, since), After(_removals, since));
        while (changes.Count < limit && (upsert < _upserts.Count || removal < _removals.Count))
        {
            if (removal == _removals.Count || (upsert < _upserts.Count && _upserts[upsert].Position < _removals[removal].Position))
            {
                var (place, key) = _upserts[upsert++];
                if (find(key) is { Entry: { } entry, Position: var current } && current == place) changes.Add(EntryChange.Upserted(place, entry));
            }
            else
            {
                var (place, key) = _removals[removal++];
                changes.Add(EntryChange.Removed(place, key));
            }
        }
        return new ListNews(changes, changes.Count == limit ? changes[^1].Position : position);
    }

    /// <summary>Where the first item stands that is later than a position.</summary>
    private static int After<T>(List<(long Position, T Key)> items, long position)
    {
        var (first, end) = (0, items.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (items[middle].Position <= position) first = middle + 1;
            else end = middle;
        }
        return first;
    }
}
