namespace TakeItDown.Matching.Lists;

// What becomes of a withdrawal of more than half of a list at once: an error of the registry's, or somebody in its place, would let everything through.
internal sealed partial class ManagedList
{
    /// <summary>A list of up to so many entries may be half one person's, and nobody's withdrawal is ever held up.</summary>
    private const int GuardedEntries = 1000;

    /// <summary>So long a withdrawal is held back for a person to refuse it; then it is believed.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(24);

    /// <summary>Whether withdrawals from a list are judged: one that was long within a day is not short by what it lost since.</summary>
    private static bool IsGuarded(RecentWithdrawals recent) => recent.Highest > GuardedEntries;

    /// <summary>Lets removals pass or, where they would take more than half of what the list had within a day, holds them back with the place from which they are read again.</summary>
    private async Task<ListPage> JudgeRemovalsAsync(ListPage page, Tally tally, CancellationToken cancellationToken)
    {
        var cursor = tally.Cursor!;
        var now = _time.GetUtcNow();
        // Half an answer tells nothing of what is withdrawn in all.
        if (cursor.HeldSince is not null && page.CompleteThrough is null) return page.With(cursor.Source, removals: []);
        tally.Cursor = cursor with { HeldSince = null };
        var recent = RecentWithdrawals.Of(cursor.Withdrawn, tally.Entries, now);
        var removed = await CountKnownAsync(page.Removals, recent.Rest, cancellationToken).ConfigureAwait(false);
        if (removed <= recent.Rest) return page;
        if (IsShrinkConfirmed)
        {
            tally.IsConfirmationUsed = true;
            BeginCountAnew(tally);
            return page;
        }

        var since = cursor.HeldSince is { } held && !ListSnapshot.IsAhead(held, now) ? held : now;
        var isRefused = _options.Get().RefusedShrinks.Contains(_source.Name);
        if (!isRefused && now - since >= LongestHold)
        {
            Log.WithdrawalBelieved(_logger, _source.Name, removed, tally.Entries);
            BeginCountAnew(tally);
            return page;
        }
        tally.Cursor = cursor with { HeldSince = since };
        var before = recent.Withdrawn == 0 ? "at once" : $"after {recent.Withdrawn} before, more than half of what the list had within 24 hours";
        tally.Held = $"The registry withdrew {removed} of the {tally.Entries} entries of '{_source.Name}' {before}. They stay in use "
            + (isRefused
                ? "because SyncOptions.RefusedShrinks names the list; take it out once the registry has mended this."
                : FormattableString.Invariant($"until {since + LongestHold:u}, and go then. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks, and ")
                    + "they go with the next refresh; if it is not, name it in SyncOptions.RefusedShrinks, and they stay.");
        return page.With(cursor.Source, removals: []);
    }

    /// <summary>A loss that is believed or confirmed is no part of the next.</summary>
    private static void BeginCountAnew(Tally tally) => (tally.IsGuarded, tally.Cursor) = (false, tally.Cursor! with { Withdrawn = null });

    /// <summary>Keeps what was withdrawn just now, for those that follow within a day.</summary>
    private async Task CountWithdrawnAsync(Tally tally, long withdrawn)
    {
        if (withdrawn == 0) return;
        var cursor = tally.Cursor!;
        var hours = RecentWithdrawals.Add(cursor.Withdrawn, tally.Entries, withdrawn, _time.GetUtcNow());
        await ApplyAsync(new ListPage { Cursor = cursor.Source }, cursor with { Withdrawn = hours }, tally).ConfigureAwait(false);
    }

    /// <summary>
    /// Leaves out the removals that a comparison has met where they are beyond what a refresh would let through: they stay unseen, and it is decided on
    /// them as on all that a comparison does not bring.
    /// </summary>
    private async Task<ListPage> BoundRemovalsAsync(ListPage page, Tally tally, CancellationToken cancellationToken)
    {
        var recent = RecentWithdrawals.Of(tally.Cursor!.Withdrawn, tally.Entries, _time.GetUtcNow());
        tally.IsGuarded = IsGuarded(recent);
        if (!tally.IsGuarded) return page;
        var removed = await CountKnownAsync(page.Removals, recent.Rest, cancellationToken).ConfigureAwait(false);
        if (removed <= recent.Rest) return page;
        if (IsShrinkConfirmed)
        {
            tally.IsGuarded = false;
            return page;
        }
        Log.RemovalsLeft(_logger, _source.Name, removed, tally.Entries);
        return page.With(page.Cursor, removals: []);
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
