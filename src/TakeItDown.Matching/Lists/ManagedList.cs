using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

/// <summary>Carries one list from its source into the store, and from the store into the catalog. It does one thing at a time.</summary>
internal sealed partial class ManagedList : IDisposable
{
    /// <summary>A first refresh may take hours; so often the log says that it goes on.</summary>
    private static readonly TimeSpan TellInterval = TimeSpan.FromMinutes(1);

    private const string NeverRead = "it was never read to its end, and every upload that is compared with it is answered \"list unavailable\"";

    private readonly IListSource _source;
    private readonly IListStore _store;
    private readonly ListCatalog _catalog;
    private readonly SteadyOptions<SyncOptions> _options;
    private readonly MatchingInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile ListSnapshot _snapshot;
    private volatile string? _lastError, _reconcileError;
    private volatile ListCursor? _cursor;
    private bool _isWarnedOfConfirmation, _isToldOfNoComparison;

    /// <summary>The store's position at which the index holds what the store holds; null where they differ.</summary>
    private long? _indexedPosition;

    public ManagedList(
        IListSource source, IListStore store, ListCatalog catalog, SteadyOptions<SyncOptions> options, MatchingInstruments instruments, TimeProvider time, ILogger logger)
    {
        (_source, _store, _catalog, _options, _instruments, _time, _logger) = (source, store, catalog, options, instruments, time, logger);
        _snapshot = new ListSnapshot(source.Name, HashIndex.Empty, CompleteThrough: null);
        // Scans must know of a list from the start: without a copy of it they cannot say "no match".
        _catalog.Publish(_snapshot);
    }

    public string Name => _source.Name;

    public ListStatus Describe(DateTimeOffset now, TimeSpan maximumAge)
    {
        var snapshot = _snapshot;
        return new ListStatus
        {
            Name = snapshot.Name,
            Freshness = snapshot.FreshnessAt(now, maximumAge),
            Entries = snapshot.Index.EntryCount,
            RejectedHashes = snapshot.Index.RejectedHashes,
            CompleteThrough = snapshot.CompleteThrough,
            IsReadAnew = snapshot.CompleteThrough is not null && _cursor is { ReadThrough: null },
            ReconciledAt = _cursor is { Drift: not null } cursor ? cursor.ReconciledAt : null,
            Drift = (_cursor?.Drift ?? 0) + (_cursor?.Mended ?? 0),
            LastError = _lastError,
            ReconcileError = _reconcileError ?? DescribeOverdue(now),
        };
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_indexedPosition is not null) return;
            await PublishAsync(cancellationToken).ConfigureAwait(false);
            if (_snapshot.CompleteThrough is { } through) Log.ListLoaded(_logger, _source.Name, _snapshot.Index.EntryCount, through);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _lastError = Failure.Describe(e);
            Log.LoadFailed(_logger, _source.Name, Failure.Trace(e));
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<RefreshResult> RefreshAsync(IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        using var sync = _instruments.Begin(TelemetryNames.SyncActivity);
        var result = await RefreshOnceAsync(progress, cancellationToken).ConfigureAwait(false);
        _instruments.EndSync(sync, result);
        return result;
    }

    public void Dispose() => _gate.Dispose();

    private async Task<RefreshResult> RefreshOnceAsync(IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var tally = new Tally { ToldAt = _time.GetTimestamp() };
        try
        {
            try
            {
                await FetchAsync(tally, progress, cancellationToken).ConfigureAwait(false);
                await DropUnseenAsync(tally, cancellationToken).ConfigureAwait(false);
                if (tally.Held is { } held) throw new ListSourceException(held);
            }
            finally
            {
                // Pages that were stored before a failure are good: nobody gains from holding back what is in them.
                await PublishAsync(cancellationToken).ConfigureAwait(false);
            }
            _lastError = null;
            Log.ListRefreshed(_logger, _source.Name, tally.Changes.Upserts, tally.Changes.Removals, _snapshot.CompleteThrough);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _lastError = Failure.Describe(e);
            // What a first reading has brought so far is on no list yet.
            Log.RefreshFailed(_logger, _source.Name, _snapshot.CompleteThrough is null ? NeverRead : "what was known before stays in use", Failure.Trace(e));
        }
        finally
        {
            _gate.Release();
        }
        if (tally.Rejected > 0) Log.RecordsRejected(_logger, _source.Name, tally.Rejected);
        return new RefreshResult(_source.Name, tally.Changes.Upserts, tally.Changes.Removals, tally.Rejected, _lastError);
    }

    /// <summary>Stores page after page, from where the store is.</summary>
    private async Task FetchAsync(Tally tally, IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        (tally.Position, tally.Generation) = (stored?.Position ?? 0, stored?.Generation ?? 0);
        tally.Cursor = ListCursor.Parse(stored?.Cursor, _time.GetUtcNow());
        tally.Entries = stored?.Entries ?? 0;
        tally.IsGuarded = tally.Cursor is { ReadThrough: not null } cursor && IsGuarded(RecentWithdrawals.Of(cursor.Withdrawn, tally.Entries, _time.GetUtcNow()));
        var batch = new PageBatch(_time) { HoldsRemovals = tally.IsGuarded };
        try
        {
            await foreach (var page in _source.ReadAsync(tally.Cursor?.Source, cancellationToken).ConfigureAwait(false))
            {
                if (page.StartsOver)
                {
                    // Pages from before do not count as seen again.
                    if (!batch.IsEmpty) await StoreLastAsync(batch, tally, progress, cancellationToken).ConfigureAwait(false);
                    batch.HoldsRemovals = tally.IsGuarded = false;
                    Log.ListStartedOver(_logger, _source.Name);
                }
                batch.Add(page);
                if (!batch.IsDue) continue;
                if (batch.HoldsRemovals && page.CompleteThrough is null) await StoreUpsertsAsync(batch, tally, progress).ConfigureAwait(false);
                else await StoreLastAsync(batch, tally, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // Pages that came before a failure are good, and need not be fetched again.
            if (!batch.IsEmpty) await StoreLastAsync(batch, tally, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task StoreUpsertsAsync(PageBatch batch, Tally tally, IProgress<RefreshProgress>? progress)
    {
        try
        {
            await StoreAsync(batch.TakeUpserts(tally.Cursor!.Source), tally, progress).ConfigureAwait(false);
        }
        catch
        {
            // The cursor of what is left stands behind entries that were not stored.
            batch.Clear();
            throw;
        }
    }

    private async Task StoreLastAsync(PageBatch batch, Tally tally, IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        var page = batch.Take();
        if (batch.HoldsRemovals) page = await JudgeRemovalsAsync(page, tally, cancellationToken).ConfigureAwait(false);
        var removed = tally.Changes.Removals;
        await StoreAsync(page, tally, progress).ConfigureAwait(false);
        if (tally.IsGuarded) await CountWithdrawnAsync(tally, tally.Changes.Removals - removed).ConfigureAwait(false);
    }

    private async Task StoreAsync(ListPage page, Tally tally, IProgress<RefreshProgress>? progress)
    {
        // What a refresh brings is news of single entries; only of a reading from the beginning may it be that hashes are missing from all that there is.
        if (tally.Cursor is { ReadThrough: not null } && !page.StartsOver) page = page.With(page.Cursor, [.. page.Removals.Select(removal => removal with { IsWithdrawn = true })]);
        var changes = await ApplyAsync(page, ListCursor.After(tally.Cursor, page, _time.GetUtcNow()), tally).ConfigureAwait(false);
        Log.PagesStored(_logger, _source.Name, changes.Upserts, changes.Removals);
        tally.Changes += changes;
        tally.Rejected += page.Rejected;
        tally.IsComplete |= page.CompleteThrough is not null;
        if (_time.GetElapsedTime(tally.ToldAt) >= TellInterval)
        {
            Log.RefreshGoesOn(_logger, _source.Name, tally.Changes.Upserts, page.Progress);
            tally.ToldAt = _time.GetTimestamp();
        }
        progress?.Report(new RefreshProgress(_source.Name, tally.Changes.Upserts, tally.Changes.Removals, page.Progress));
    }

    private async Task<ListChanges> ApplyAsync(ListPage page, ListCursor cursor, Tally tally, UnseenEntries unseen = UnseenEntries.Kept)
    {
        var change = page.ToChange(cursor.ToString(), tally.Position, tally.Generation, unseen);
        // What was fetched is stored even if the refresh is being stopped.
        var applied = await _store.ApplyAsync(_source.Name, change, CancellationToken.None).ConfigureAwait(false);
        // Pages that changed nothing leave the index as good as it was.
        _indexedPosition = !applied.Changes.Any && _indexedPosition is not null && _indexedPosition == tally.Position ? applied.Position : null;
        (tally.Position, tally.Generation, tally.Cursor, _cursor) = (applied.Position, change.Generation, cursor, cursor);
        return applied.Changes;
    }

    /// <summary>Publishes what the store holds, if that was ever complete. The index is built only where it is another than before.</summary>
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        if (stored?.CompleteThrough is null) return;

        var index = _snapshot.Index;
        if (stored.Position != _indexedPosition)
        {
            var builder = new HashIndexBuilder();
            await foreach (var entry in _store.ReadEntriesAsync(_source.Name, cancellationToken).ConfigureAwait(false)) builder.Add(entry);
            // Nobody is served before the first.
            index = builder.Build(sparesCore: _snapshot.CompleteThrough is not null, cancellationToken);
            // Between the two the store may have been set aside as damaged, and begun anew.
            if (index.EntryCount != stored.Entries) throw new ListStoreException("The list store was changed while it was read; the next refresh reads it again.");
            _indexedPosition = stored.Position;
            Log.ListPublished(_logger, _source.Name, index.EntryCount);
            if (index.EntryCount == 0 && (_snapshot.CompleteThrough is null || _snapshot.Index.EntryCount > 0)) Log.ListEmpty(_logger, _source.Name);
            if (index.RejectedHashes > 0 && index.RejectedHashes != _snapshot.Index.RejectedHashes) Log.HashesLeftOut(_logger, _source.Name, index.RejectedHashes);
        }
        _cursor = ListCursor.Parse(stored.Cursor, _time.GetUtcNow());
        _snapshot = new ListSnapshot(_source.Name, index, stored.CompleteThrough) { Position = stored.Position };
        _catalog.Publish(_snapshot);
    }

    /// <summary>How far a refresh has come.</summary>
    private sealed class Tally
    {
        /// <summary>The position of what is stored; 0 where nothing is.</summary>
        public long Position { get; set; }

        /// <summary>The generation of what is stored; 0 where nothing is.</summary>
        public long Generation { get; set; }

        /// <summary>The cursor of what is stored.</summary>
        public ListCursor? Cursor { get; set; }

        /// <summary>How many entries the list had when the refresh began.</summary>
        public long Entries { get; set; }

        /// <summary>Whether withdrawals are judged and counted.</summary>
        public bool IsGuarded { get; set; }

        /// <summary>What to tell of removals that are held back; null where none are.</summary>
        public string? Held { get; set; }

        /// <summary>Whether a sudden loss was confirmed, and happened.</summary>
        public bool IsConfirmationUsed { get; set; }

        /// <summary>Whether the list was read up to now.</summary>
        public bool IsComplete { get; set; }

        public ListChanges Changes { get; set; }

        public long Rejected { get; set; }

        /// <summary>When the log was last told of progress, as a timestamp.</summary>
        public long ToldAt { get; set; }
    }
}
