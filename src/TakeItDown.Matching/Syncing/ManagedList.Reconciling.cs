using System.Globalization;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Syncing;

// How a list is compared with its whole registry now and then, and what becomes of entries that are no longer there.
internal sealed partial class ManagedList
{
    /// <summary>Lets go of entries that the registry no longer has, once the list was read from its beginning to its end.</summary>
    private async Task DropUnseenAsync(Tally tally, CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        if (stored is null || !tally.IsComplete || tally.Cursor is not { } cursor) return;
        var reconciliation = cursor.Reconciliation;
        if (reconciliation is null ? stored.Unseen == 0 : !reconciliation.IsSettled(stored.CompleteThrough)) return;
        var rejected = reconciliation?.Rejected ?? cursor.Rejected;
        var keeps = rejected > 0 && stored.Unseen > 0;
        if (keeps) Log.UnseenKept(_logger, _source.Name, stored.Unseen, rejected);
        if (keeps && reconciliation is null) return;
        if (!keeps && stored.Unseen > stored.Entries / 2 && !_options.Get().ConfirmedShrinks.Contains(_source.Name))
        {
            throw new ListSourceException(
                $"The registry no longer has {stored.Unseen} of the {stored.Entries} entries of '{_source.Name}', and withdrew none of them. "
                + "They stay in use. If this is as it should be, name the list in SyncOptions.ConfirmedShrinks.");
        }
        var drift = reconciliation is null ? cursor.Drift : reconciliation.Drift + (keeps ? 0 : stored.Unseen);
        var settled = cursor with { ReconciledAt = reconciliation?.Began ?? cursor.ReconciledAt, Drift = drift, Reconciliation = null, Rejected = rejected, IsRead = true };
        tally.Changes += await ApplyAsync(new ListPage { Cursor = cursor.Source, DropsUnseen = !keeps }, settled, tally).ConfigureAwait(false);
        if (reconciliation is null) return;
        Log.ListReconciled(_logger, _source.Name, drift!.Value);
        if (drift > 0) Log.ListDrifted(_logger, _source.Name, drift.Value);
    }

    /// <summary>
    /// Where it is time, reads a little of the list from its beginning again, and mends what is not as it should be. Entries are only added or
    /// changed here, and withdrawn by a later refresh.
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
            // Entries that were kept are unseen still, and the next reading may settle what they are.
            var isDue = (stored.Unseen == 0 || cursor is { IsRead: true, Rejected: > 0 })
                && (now - cursor.ReconciledAt >= _options.Get().ReconcileInterval || ListSnapshot.IsAhead(cursor.ReconciledAt, now));
            var reconciliation = cursor.Reconciliation;
            // One that began in the future would never be settled.
            if (reconciliation is null ? isDue : ListSnapshot.IsAhead(reconciliation.Began, now))
                reconciliation = new Reconciliation(now, through, Cursor: null, End: null, Drift: 0);
            if (reconciliation is null or { End: not null })
            {
                _reconcileError = null;
                return false;
            }

            var batch = new PageBatch(_time);
            await foreach (var page in _source.ReadAsync(reconciliation.Cursor, cancellationToken).ConfigureAwait(false))
            {
                batch.Add(page);
                if (batch.IsDue) break;
            }
            if (batch.IsEmpty) return false;
            await MendAsync(batch.Take(), cursor with { Reconciliation = reconciliation }, new Tally { Stored = stored.Cursor }).ConfigureAwait(false);
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

    private string? DescribeOverdue(DateTimeOffset now) => _cursor is { } cursor && (now - cursor.ReconciledAt) / 2 > _options.Get().ReconcileInterval
        ? string.Create(CultureInfo.InvariantCulture, $"It is overdue: the list was last read from its beginning on {cursor.ReconciledAt:u}.")
        : null;

    private async Task MendAsync(ListPage page, ListCursor cursor, Tally tally)
    {
        var rejected = cursor.Reconciliation!.Rejected + page.Rejected;
        var next = cursor with { Reconciliation = cursor.Reconciliation with { Cursor = page.Cursor, End = page.CompleteThrough, Rejected = rejected } };
        var expected = page.Upserts.ToLookup(cursor.Reconciliation.Expects);
        // What is new is stored first, with the cursor as it was: a crash between the two reads both again.
        await ApplyAsync(new ListPage { Upserts = [.. expected[false]], StartsOver = page.StartsOver, Cursor = page.Cursor }, cursor, tally).ConfigureAwait(false);
        var drift = await ApplyAsync(new ListPage { Upserts = [.. expected[true]], Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        if (drift.Upserts > 0)
        {
            next = next with { Reconciliation = next.Reconciliation with { Drift = next.Reconciliation.Drift + drift.Upserts } };
            await ApplyAsync(new ListPage { Cursor = page.Cursor }, next, tally).ConfigureAwait(false);
        }
        (_cursor, _reconcileError) = (next, null);
        if (page.Rejected > 0) Log.RecordsRejected(_logger, _source.Name, page.Rejected);
        _instruments.Rejected(_source.Name, page.Rejected);
    }
}
