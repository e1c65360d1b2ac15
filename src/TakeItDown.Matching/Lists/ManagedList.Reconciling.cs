using System.Globalization;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

// How a list is compared with its whole registry now and then, and what becomes of entries that are no longer there.
internal sealed partial class ManagedList
{
    /// <summary>How long a comparison that left something undecided waits for the next at most.</summary>
    private static readonly TimeSpan UndecidedInterval = TimeSpan.FromDays(1);

    /// <summary>How long it waits where malformed records left it undecided, and no routine comparison is asked for.</summary>
    private static readonly TimeSpan RejectedInterval = TimeSpan.FromDays(30);

    /// <summary>Lets go of entries that the registry no longer has, once the list was read from its beginning to its end.</summary>
    private async Task DropUnseenAsync(Tally tally, CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        if (stored is null || !tally.IsComplete || tally.Cursor is not { } cursor) return;
        var unseen = await Unseen.CountAsync(_store, _source.Name, stored.Generation, cancellationToken).ConfigureAwait(false);
        if (unseen.Entries == 0 && !tally.IsConfirmationUsed) WarnOfStandingConfirmation();
        var reconciliation = cursor.Reconciliation;
        if (!ListCursor.IsSettled(reconciliation is null ? cursor.ReadThrough : reconciliation.End, stored.CompleteThrough)) return;
        // What a comparison left undecided is left to the next.
        if (reconciliation is null && (unseen.Entries == 0 || cursor.Drift is not null)) return;

        var rejected = reconciliation?.Rejected ?? cursor.Rejected;
        var decided = Judge(stored, unseen, isComparison: reconciliation is not null, rejected);
        if (reconciliation is null && decided == UnseenEntries.Kept) return;
        var settled = cursor with { ReconciledAt = reconciliation?.Began ?? cursor.ReconciledAt, Reconciliation = null, Rejected = rejected };
        if (reconciliation is not null)
        {
            var doubt = cursor.Doubt?.Since <= reconciliation.Began ? null : cursor.Doubt;
            settled = settled with { Drift = reconciliation.Drift + unseen.Gone(decided), Doubt = doubt, Mended = 0 };
        }
        tally.Changes += await ApplyAsync(new ListPage { Cursor = cursor.Source }, settled, tally, decided).ConfigureAwait(false);
        if (reconciliation is null) return;
        Log.ListReconciled(_logger, _source.Name, settled.Drift!.Value, DescribeNext(settled, unseen.Entries - unseen.Gone(decided)));
        if (settled.Drift > 0) Log.ListDrifted(_logger, _source.Name, settled.Drift.Value);
    }

    /// <summary>What becomes of the entries that a reading from the beginning did not bring.</summary>
    private UnseenEntries Judge(StoredList stored, Unseen unseen, bool isComparison, long rejected)
    {
        if (unseen.Entries == 0) return UnseenEntries.Kept;
        if (rejected > 0)
        {
            Log.UnseenKept(_logger, _source.Name, unseen.Entries, rejected);
            return UnseenEntries.Kept;
        }
        var isShrunk = unseen.Entries > stored.Entries / 2;
        if (isShrunk && !IsShrinkConfirmed)
        {
            throw new ListSourceException(
                $"The registry no longer has {unseen.Entries} of the {stored.Entries} entries of '{_source.Name}', and withdrew none of them. "
                + "They stay in use. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks.");
        }
        // After a change of what is asked for, it is plain why they did not come. A comparison may have overlooked them, so the next one has to miss them, too.
        if (!isComparison || isShrunk) return UnseenEntries.Dropped;
        if (unseen.Entries > unseen.Twice) Log.UnseenOnce(_logger, _source.Name, unseen.Entries - unseen.Twice);
        return UnseenEntries.DroppedIfTwice;
    }

    private bool IsShrinkConfirmed => _options.Get().ConfirmedShrinks.Contains(_source.Name);

    /// <summary>A confirmation that outlasts what it confirmed would let the next loss through, too.</summary>
    private void WarnOfStandingConfirmation()
    {
        if (!IsShrinkConfirmed || _isWarnedOfConfirmation) return;
        _isWarnedOfConfirmation = true;
        Log.ConfirmationStands(_logger, _source.Name);
    }

    /// <summary>
    /// Where it is time, reads a little of the list from its beginning again, and mends what is not as it should be. What it
    /// does not bring is decided on by a later refresh.
    /// </summary>
    /// <returns>Whether there is more to read.</returns>
    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = _time.GetUtcNow();
            var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
            if (stored?.CompleteThrough is not { } through || ListCursor.Parse(stored.Cursor, now) is not { } cursor) return false;
            // A comparison would let through what the refreshes hold back.
            if (cursor.HeldSince is not null) return false;
            var unseen = await Unseen.CountAsync(_store, _source.Name, stored.Generation, cancellationToken).ConfigureAwait(false);
            var interval = IntervalAfter(cursor, unseen.Entries);
            TellOfNoComparison(interval);
            var reconciliation = cursor.Reconciliation;
            var last = reconciliation?.Began ?? cursor.ReconciledAt;
            var isOver = reconciliation is null ? unseen.Entries == 0 || ListCursor.IsSettled(cursor.ReadThrough, through) : ListCursor.IsSettled(reconciliation.End, through);
            var isAhead = ListSnapshot.IsAhead(last, now);
            // One that began in the future would never be settled.
            if ((isOver && interval is not null && (isAhead || now - last >= interval)) || (isAhead && reconciliation is not null))
                reconciliation = new Reconciliation(now, through, Cursor: null, End: null, Drift: 0);
            // A doubt waits for no routine.
            else if (reconciliation is null && cursor.Doubt is { } doubt && doubt.IsDue(now))
                reconciliation = new Reconciliation(now, through, doubt.From, End: null, Drift: 0, IsPartial: true);
            if (reconciliation is null or { End: not null })
            {
                _reconcileError = null;
                return false;
            }

            var batch = new PageBatch(_time);
            await foreach (var next in _source.ReadAsync(reconciliation.Cursor ?? _source.ComparisonStart, cancellationToken).ConfigureAwait(false))
            {
                // Something else is asked of the registry than when the doubt arose: the next refresh begins anew.
                if (reconciliation.IsPartial && next.StartsOver) return false;
                batch.Add(next);
                if (batch.IsDue) break;
            }
            if (batch.IsEmpty) return false;
            // One that goes back to its beginning is the same one: an entry that half a reading did not bring was not missed by it.
            var isFirst = cursor.Reconciliation is null && !reconciliation.IsPartial;
            var tally = new Tally { Position = stored.Position, Generation = stored.Generation, Cursor = cursor, Entries = stored.Entries };
            var page = await BoundRemovalsAsync(batch.Take(), tally, cancellationToken).ConfigureAwait(false);
            await MendAsync(page, isFirst, cursor with { Reconciliation = reconciliation }, tally).ConfigureAwait(false);
            return _cursor?.Reconciliation is { End: null };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _reconcileError = Failure.Describe(e);
            Log.ReconcileFailed(_logger, _source.Name, Failure.Trace(e));
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// The time from one comparison to the next; null where there is none. What was left undecided is decided before its time, and a reading of which
    /// the outcome is held back is made again: the registry may have been wrong.
    /// </summary>
    private TimeSpan? IntervalAfter(ListCursor cursor, long unseen)
    {
        var interval = _options.Get().ReconcileInterval;
        if (unseen == 0) return interval;
        // Switched off, what a comparison has left is still decided. Where malformed records leave it, they may do so for ever.
        if (cursor.Rejected > 0) return interval ?? RejectedInterval;
        return interval is null ? UndecidedInterval : interval / 7 < UndecidedInterval ? interval / 7 : UndecidedInterval;
    }

    private string DescribeNext(ListCursor cursor, long unseen) => IntervalAfter(cursor, unseen) is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"The next comparison begins after {cursor.ReconciledAt + interval:u}.")
        : "There is no next comparison: SyncOptions.ReconcileInterval is null.";

    /// <summary>Once: that nothing finds what refreshes miss should be known.</summary>
    private void TellOfNoComparison(TimeSpan? interval)
    {
        if (interval is null && !_isToldOfNoComparison) Log.NotCompared(_logger, _source.Name);
        _isToldOfNoComparison = interval is null;
    }

    private string? DescribeOverdue(DateTimeOffset now) => _cursor is { } cursor && (now - cursor.ReconciledAt) / 2 > _options.Get().ReconcileInterval
        ? string.Create(CultureInfo.InvariantCulture, $"It is overdue: the list was last read from its beginning on {cursor.ReconciledAt:u}.")
        : null;

    private async Task MendAsync(ListPage page, bool isFirst, ListCursor cursor, Tally tally)
    {
        var rejected = cursor.Reconciliation!.Rejected + page.Rejected;
        var next = cursor with { Reconciliation = cursor.Reconciliation with { Cursor = page.Cursor, End = page.CompleteThrough, Rejected = rejected } };
        var upserts = page.Upserts.ToLookup(entry => cursor.Reconciliation.Expects(entry.Timestamp));
        var removals = page.Removals.ToLookup(removal => cursor.Reconciliation.Expects(removal.Timestamp));
        // What is new is stored first, with the cursor as it was: a crash between the two reads both again.
        var news = await ApplyAsync(new ListPage { Upserts = [.. upserts[false]], Removals = [.. removals[false]], StartsOver = isFirst, Cursor = page.Cursor }, cursor, tally)
            .ConfigureAwait(false);
        var drift = await ApplyAsync(new ListPage { Upserts = [.. upserts[true]], Removals = [.. removals[true]], Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        if (drift.Any || news.Removals > 0)
        {
            next = next with { Reconciliation = next.Reconciliation with { Drift = next.Reconciliation.Drift + drift.Upserts - drift.NotesOnly + drift.Removals } };
            if (tally.IsGuarded && news.Removals + drift.Removals is > 0 and var removed)
                next = next with { Withdrawn = RecentWithdrawals.Add(next.Withdrawn, tally.Entries, removed, _time.GetUtcNow()) };
            await ApplyAsync(new ListPage { Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        }
        if (next.Reconciliation is { IsPartial: true, End: not null } partial)
        {
            await ApplyAsync(new ListPage { Cursor = page.Cursor }, next with { Reconciliation = null, Doubt = null, Mended = next.Mended + partial.Drift }, tally).ConfigureAwait(false);
            Log.DoubtSettled(_logger, _source.Name, partial.Drift);
            if (partial.Drift > 0) Log.ListDrifted(_logger, _source.Name, partial.Drift);
        }
        _reconcileError = null;
        if (page.Rejected > 0) Log.RecordsRejected(_logger, _source.Name, page.Rejected);
        _instruments.Rejected(_source.Name, page.Rejected);
    }
}
