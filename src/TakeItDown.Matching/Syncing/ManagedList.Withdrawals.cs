namespace TakeItDown.Matching.Syncing;

// What becomes of a withdrawal of more than half of a list at once: an error of the registry's, or somebody in its place, would let everything through.
internal sealed partial class ManagedList
{
    /// <summary>A list of up to so many entries may be half one person's, and nobody's withdrawal is ever held up.</summary>
    private const int GuardedEntries = 1000;

    /// <summary>So long a withdrawal is held back for a person to refuse it; then it is believed.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    /// <summary>Lets removals pass or, where they would take more than half of the list, holds them back with the place from which they are read again.</summary>
    private async Task<ListPage> JudgeRemovalsAsync(ListPage page, Tally tally, CancellationToken cancellationToken)
    {
        var cursor = tally.Cursor!;
        tally.Cursor = cursor with { HeldSince = null };
        var removed = await CountKnownAsync(page.Removals, tally.Entries / 2, cancellationToken).ConfigureAwait(false);
        if (removed <= tally.Entries / 2) return page;
        if (IsShrinkConfirmed)
        {
            tally.IsConfirmationUsed = true;
            return page;
        }

        var now = _time.GetUtcNow();
        var since = cursor.HeldSince is { } held && !ListSnapshot.IsAhead(held, now) ? held : now;
        var isRefused = _options.Get().RefusedShrinks.Contains(_source.Name);
        if (!isRefused && now - since >= LongestHold)
        {
            Log.WithdrawalBelieved(_logger, _source.Name, removed, tally.Entries);
            return page;
        }
        tally.Cursor = cursor with { HeldSince = since };
        tally.Held = $"The registry withdrew {removed} of the {tally.Entries} entries of '{_source.Name}' at once. They stay in use "
            + (isRefused
                ? "because SyncOptions.RefusedShrinks names the list; take it out once the registry has mended this."
                : FormattableString.Invariant($"until {since + LongestHold:u}, and go then. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks, and ")
                    + "they go with the next refresh; if it is not, name it in SyncOptions.RefusedShrinks, and they stay.");
        return page.With(cursor.Source, follows: null, removals: []);
    }

    /// <summary>How many of the removals are of entries that the store holds. Where they are too few to matter, they are not looked up.</summary>
    private async Task<long> CountKnownAsync(IReadOnlyList<ListRemoval> removals, long few, CancellationToken cancellationToken)
    {
        if (removals.Count <= few) return removals.Count;
        var keys = removals.Select(removal => removal.Key).ToHashSet();
        var known = 0L;
        await foreach (var entry in _store.ReadEntriesAsync(_source.Name, cancellationToken).ConfigureAwait(false))
        {
            if (keys.Contains(entry.Key)) known++;
        }
        return known;
    }
}
