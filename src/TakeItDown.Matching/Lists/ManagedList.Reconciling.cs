using System.Globalization;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

// How a list is compared with its whole registry now and then, and what becomes of entries that are no longer there.
internal sealed partial class ManagedList
{
    /// <summary>Lets go of entries that the registry no longer has, once the list was read from its beginning to its end.</summary>
    private async Task DropUnseenAsync(Tally tally, CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        if (stored is null || !tally.IsComplete || tally.Cursor is not { } cursor) return;
        var unseen = await Unseen.CountAsync(_store, _source.Name, stored.Generation, cancellationToken).ConfigureAwait(false);
        if (unseen.Entries == 0 && !tally.IsConfirmationUsed) WarnOfStandingConfirmation();
        var comparison = cursor.Reconciliation;
        var settlement = Reconciler.Settle(cursor, stored, unseen, IsShrinkConfirmed);
        Tell(settlement, stored, unseen, comparison?.Rejected ?? cursor.Rejected);
        if (settlement.Next is not { } next) return;
        tally.Changes += await ApplyAsync(new ListPage { Cursor = cursor.Source }, next, tally, settlement.Unseen).ConfigureAwait(false);
        if (comparison is null or { IsPartial: true }) return;
        Log.ListReconciled(_logger, _source.Name, next.Drift!.Value, DescribeNext(next, unseen.Entries - unseen.Gone(settlement.Unseen)));
        if (next.Drift > 0) Log.ListDrifted(_logger, _source.Name, next.Drift.Value);
    }

    private void Tell(Settlement settlement, StoredList stored, Unseen unseen, long rejected)
    {
        if (settlement.Why == Loss.Doubtful)
        {
            throw new ListSourceException(
                $"The registry no longer has {unseen.Entries} of the {stored.Entries} entries of '{_source.Name}', and withdrew none of them. "
                + "They stay in use. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks.");
        }
        if (settlement.Why == Loss.Unreadable) Log.UnseenKept(_logger, _source.Name, unseen.Entries, rejected);
        if (settlement.Unseen == UnseenEntries.DroppedIfTwice && unseen.Entries > unseen.Twice) Log.UnseenOnce(_logger, _source.Name, unseen.Entries - unseen.Twice);
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
            var interval = _options.Get().ReconcileInterval;
            TellOfNoComparison(Reconciler.IntervalAfter(cursor, unseen.Entries, interval));
            if (Reconciler.Next(cursor, unseen.Entries, through, interval, now) is not { } reconciliation)
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

    private string DescribeNext(ListCursor cursor, long unseen) => Reconciler.IntervalAfter(cursor, unseen, _options.Get().ReconcileInterval) is { } interval
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
        var comparison = cursor.Reconciliation!;
        var next = Reconciler.Advance(cursor, comparison, page);
        var upserts = page.Upserts.ToLookup(entry => comparison.Expects(entry.Timestamp));
        var removals = page.Removals.ToLookup(removal => comparison.Expects(removal.Timestamp));
        // What is new is stored first, with the cursor as it was: a crash between the two reads both again.
        var news = await ApplyAsync(new ListPage { Upserts = [.. upserts[false]], Removals = [.. removals[false]], StartsOver = isFirst, Cursor = page.Cursor }, cursor, tally)
            .ConfigureAwait(false);
        var drift = await ApplyAsync(new ListPage { Upserts = [.. upserts[true]], Removals = [.. removals[true]], Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        if (drift.Any || news.Removals > 0)
        {
            next = Reconciler.AddDrift(next, drift);
            if (tally.IsGuarded && news.Removals + drift.Removals is > 0 and var removed)
                next = next with { Withdrawn = RecentWithdrawals.Add(next.Withdrawn, tally.Entries, removed, _time.GetUtcNow()) };
            await ApplyAsync(new ListPage { Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        }
        if (Reconciler.EndDoubt(next) is { } ended)
        {
            var mended = ended.Mended - next.Mended;
            await ApplyAsync(new ListPage { Cursor = page.Cursor }, ended, tally).ConfigureAwait(false);
            Log.DoubtSettled(_logger, _source.Name, mended);
            if (mended > 0) Log.ListDrifted(_logger, _source.Name, mended);
        }
        _reconcileError = null;
        if (page.Rejected > 0) Log.RecordsRejected(_logger, _source.Name, page.Rejected);
        _instruments.Rejected(_source.Name, page.Rejected);
    }
}
