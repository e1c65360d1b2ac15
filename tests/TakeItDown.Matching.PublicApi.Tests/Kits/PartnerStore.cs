using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>A list store as a partner would write one, the smallest that keeps every rule.</summary>
internal sealed class PartnerStore(Func<long>? begin = null) : IListStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _lists = [];

    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock) return new([.. _lists.Keys]);
    }

    public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default)
    {
        lock (_lock) return new(_lists.GetValueOrDefault(list)?.State);
    }

    public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default)
    {
        lock (_lock) return new(_lists.GetValueOrDefault(list)?.Entries.Values.LongCount(entry => entry.Generation < generation) ?? 0);
    }

    public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Whatever calls the caller's code comes first, so that its failure leaves nothing behind.
        var upserts = change.Upserts.Select(entry => (entry, text: Text(entry))).ToList();
        var removals = change.Removals.ToList();
        lock (_lock)
        {
            var kept = _lists.GetValueOrDefault(list) ?? new Kept { State = new StoredList("", null, 0, 0, 1) };
            if (change.Expected != kept.State.Position || change.Generation < kept.State.Generation) throw new ListConflictException();
            var position = kept.State.Position == 0 ? kept.Since = begin?.Invoke() ?? StoredList.BeginPosition() : kept.State.Position;
            var (before, changed, removed) = (position, 0, 0);
            foreach (var (entry, text) in upserts)
            {
                var isKnown = kept.Entries.TryGetValue(entry.Key, out var known) && known.Text == text;
                kept.Entries[entry.Key] = new Slot(entry, text, change.Generation, isKnown ? known!.Position : ++position);
                if (!isKnown) changed++;
            }
            var gone = removals.Where(removal => kept.Entries.TryGetValue(removal.Key, out var known) && known.Generation >= removal.Since).Select(removal => removal.Key)
                .Concat(kept.Entries.Where(entry => entry.Value.Generation < change.DropsBefore).Select(entry => entry.Key)).Distinct().ToList();
            foreach (var key in gone)
            {
                kept.Entries.Remove(key);
                kept.Removals.Add(EntryChange.Removed(++position, KeyDigest.Of(key)));
                removed++;
            }
            if (position == before) position++;
            kept.State = new StoredList(change.Cursor, change.CompleteThrough ?? kept.State.CompleteThrough, kept.Entries.Count, position, change.Generation);
            _lists[list] = kept;
            return new(new AppliedChange(position, new ListChanges(changed, removed)));
        }
    }

    public async IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        ListEntry[] entries;
        lock (_lock) entries = [.. _lists.GetValueOrDefault(list)?.Entries.Values.Select(slot => slot.Entry) ?? []];
        foreach (var entry in entries) yield return entry;
    }

    public ValueTask<ListNews?> ReadNewsAsync(string list, long since, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_lists.GetValueOrDefault(list) is not { } kept || since < kept.Since || since > kept.State.Position) return new((ListNews?)null);
            var changes = kept.Entries.Values.Select(slot => EntryChange.Upserted(slot.Position, slot.Entry)).Concat(kept.Removals)
                .Where(change => change.Position > since).OrderBy(change => change.Position).Take(limit).ToList();
            return new(new ListNews(changes, changes.Count == limit ? changes[^1].Position : kept.State.Position));
        }
    }

    public static string Text(ListEntry entry) => string.Join(
        '|', entry.Media, entry.Classification, entry.Timestamp.UtcTicks, string.Join(' ', entry.Hashes.Select(hash => hash.Kind + hash.ToHexString())),
        string.Join(',', entry.Categories), string.Join(',', entry.Feedback));

    private sealed class Kept
    {
        public required StoredList State { get; set; }

        public long Since { get; set; }

        public Dictionary<EntryKey, Slot> Entries { get; } = [];

        public List<EntryChange> Removals { get; } = [];
    }

    private sealed record Slot(ListEntry Entry, string Text, long Generation, long Position);
}
