namespace TakeItDown.Matching.Lists;

/// <summary>
/// The steps of comparing a list with its whole registry: when one begins, how it goes on, what becomes of what it did not bring. Each follows from what it
/// is given alone, with no store, clock or log; <see cref="ManagedList"/> does what is decided here.
/// </summary>
internal static class Reconciler
{
    /// <summary>How long a comparison that left something undecided waits for the next at most.</summary>
    private static readonly TimeSpan UndecidedInterval = TimeSpan.FromDays(1);

    /// <summary>How long it waits where malformed records left it undecided, and no routine comparison is asked for.</summary>
    private static readonly TimeSpan RejectedInterval = TimeSpan.FromDays(30);

    /// <summary>
    /// The time from one comparison to the next; null where there is none. What was left undecided is decided before its time, and a reading of which
    /// the outcome is held back is made again: the registry may have been wrong.
    /// </summary>
    /// <param name="cursor">The state.</param>
    /// <param name="unseen">How many entries are unseen.</param>
    /// <param name="interval">The time between routine comparisons; null for none.</param>
    public static TimeSpan? IntervalAfter(ListCursor cursor, long unseen, TimeSpan? interval)
    {
        if (unseen == 0) return interval;
        // Switched off, what a comparison has left is still decided. Where malformed records leave it, they may do so for ever.
        if (cursor.Rejected > 0) return interval ?? RejectedInterval;
        return interval is null ? UndecidedInterval : interval / 7 < UndecidedInterval ? interval / 7 : UndecidedInterval;
    }

    /// <summary>The comparison that is to be read on now: the one under way, or one that begins; null where none is.</summary>
    /// <param name="cursor">The state.</param>
    /// <param name="unseen">How many entries are unseen.</param>
    /// <param name="through">What the list is complete through.</param>
    /// <param name="interval">The time between routine comparisons; null for none.</param>
    /// <param name="now">Our clock.</param>
    public static Reconciliation? Next(ListCursor cursor, long unseen, DateTimeOffset through, TimeSpan? interval, DateTimeOffset now)
    {
        // A comparison would let through what the refreshes hold back.
        if (cursor.HeldSince is not null) return null;
        var underWay = cursor.Reconciliation;
        var last = underWay?.Began ?? cursor.ReconciledAt;
        var isOver = underWay is null ? unseen == 0 || ListCursor.IsSettled(cursor.ReadThrough, through) : ListCursor.IsSettled(underWay.End, through);
        var isAhead = ListSnapshot.IsAhead(last, now);
        // One that began in the future would never be settled.
        if ((isOver && IntervalAfter(cursor, unseen, interval) is { } pause && (isAhead || now - last >= pause)) || (isAhead && underWay is not null))
            return new Reconciliation(now, through, Cursor: null, End: null, Drift: 0);
        // A doubt waits for no routine.
        if (underWay is null) return cursor.Doubt is { } doubt && doubt.IsDue(now) ? new Reconciliation(now, through, doubt.From, End: null, Drift: 0, IsPartial: true) : null;
        return underWay.End is null ? underWay : null;
    }

    /// <summary>The state after a page of the comparison, whose drift is added when it is known.</summary>
    public static ListCursor Advance(ListCursor cursor, Reconciliation reconciliation, ListPage page) =>
        cursor with { Reconciliation = reconciliation with { Cursor = page.Cursor, End = page.CompleteThrough, Rejected = reconciliation.Rejected + page.Rejected } };

    /// <summary>The state once it is known how many entries the page found to be other than they should.</summary>
    public static ListCursor AddDrift(ListCursor cursor, ListChanges drift) =>
        cursor with { Reconciliation = cursor.Reconciliation! with { Drift = cursor.Reconciliation.Drift + drift.Upserts - drift.NotesOnly + drift.Removals } };

    /// <summary>The state after the last page of a comparison that began where there was doubt; null where it is none, or goes on.</summary>
    public static ListCursor? EndDoubt(ListCursor cursor) => cursor.Reconciliation is { IsPartial: true, End: not null } partial
        ? cursor with { Reconciliation = null, Doubt = null, Mended = cursor.Mended + partial.Drift }
        : null;

    /// <summary>What becomes of the entries that a reading from the beginning did not bring, once all it could have brought has come.</summary>
    /// <param name="cursor">The state.</param>
    /// <param name="stored">What is known of the list.</param>
    /// <param name="unseen">How many entries are unseen.</param>
    /// <param name="isShrinkConfirmed">Whether a person has said that a loss of more than half is as it should be.</param>
    public static Settlement Settle(ListCursor cursor, StoredList stored, Unseen unseen, bool isShrinkConfirmed)
    {
        var comparison = cursor.Reconciliation;
        // It was read for a part of the list: what it did not bring says nothing. A crash came between its last page and its end.
        if (comparison is { IsPartial: true }) return new Settlement(Loss.None, UnseenEntries.Kept, EndDoubt(cursor));
        if (!ListCursor.IsSettled(comparison is null ? cursor.ReadThrough : comparison.End, stored.CompleteThrough)) return default;
        // What a comparison left undecided is left to the next.
        if (comparison is null && (unseen.Entries == 0 || cursor.Drift is not null)) return default;

        var rejected = comparison?.Rejected ?? cursor.Rejected;
        var (why, which) = Judge(stored, unseen, comparison is not null, rejected, isShrinkConfirmed);
        if (why == Loss.Doubtful || (comparison is null && which == UnseenEntries.Kept)) return new Settlement(why, which, Next: null);
        var next = cursor with { ReconciledAt = comparison?.Began ?? cursor.ReconciledAt, Reconciliation = null, Rejected = rejected };
        if (comparison is null) return new Settlement(why, which, next);
        var doubt = cursor.Doubt?.Since <= comparison.Began ? null : cursor.Doubt;
        return new Settlement(why, which, next with { Drift = comparison.Drift + unseen.Gone(which), Doubt = doubt, Mended = 0 });
    }

    private static (Loss Why, UnseenEntries Which) Judge(StoredList stored, Unseen unseen, bool isComparison, long rejected, bool isShrinkConfirmed)
    {
        if (unseen.Entries == 0) return (Loss.None, UnseenEntries.Kept);
        if (rejected > 0) return (Loss.Unreadable, UnseenEntries.Kept);
        var isShrunk = unseen.Entries > stored.Entries / 2;
        if (isShrunk && !isShrinkConfirmed) return (Loss.Doubtful, UnseenEntries.Kept);
        // After a change of what is asked for, it is plain why they did not come. A comparison may have overlooked them, so the next one has to miss them, too.
        return isComparison && !isShrunk ? (Loss.Believed, UnseenEntries.DroppedIfTwice) : (Loss.Believed, UnseenEntries.Dropped);
    }
}

/// <summary>What was decided on entries that a reading from the beginning did not bring.</summary>
/// <param name="Why">Why they stay or go.</param>
/// <param name="Unseen">Which of them go.</param>
/// <param name="Next">The state to store with that; null where nothing is to be stored.</param>
internal readonly record struct Settlement(Loss Why, UnseenEntries Unseen, ListCursor? Next);

/// <summary>What the loss of unseen entries looks like.</summary>
internal enum Loss
{
    /// <summary>Nothing is lost, or it is not known yet.</summary>
    None = 0,

    /// <summary>Malformed records were met, any of which may be one of them: they stay.</summary>
    Unreadable,

    /// <summary>More than half of the list: they stay until a person confirms it.</summary>
    Doubtful,

    /// <summary>They go.</summary>
    Believed,
}
