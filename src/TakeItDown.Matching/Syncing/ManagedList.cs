using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Syncing;

/// <summary>Carries one list from its source into the store, and from the store into the catalog. It does one thing at a time.</summary>
internal sealed class ManagedList : IDisposable
{
    private readonly IListSource _source;
    private readonly IListStore _store;
    private readonly ListCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile ListSnapshot _snapshot;
    private volatile string? _lastError;

    /// <summary>The store's cursor at which the index holds what the store holds; null where they differ.</summary>
    private string? _indexedCursor;

    public ManagedList(IListSource source, IListStore store, ListCatalog catalog, TimeProvider time, ILogger logger)
    {
        (_source, _store, _catalog, _time, _logger) = (source, store, catalog, time, logger);
        _snapshot = new ListSnapshot(source.Name, HashIndex.Empty, CompleteThrough: null);
        // Scans must know of a list from the start: without a copy of it they cannot say "no match".
        _catalog.Publish(_snapshot);
    }

    public string Name => _source.Name;

    public ListStatus Describe(DateTimeOffset now, TimeSpan maximumAge, ListOptions options)
    {
        var snapshot = _snapshot;
        return new ListStatus
        {
            Name = snapshot.Name,
            IsInUse = options.IsInUse,
            Freshness = snapshot.FreshnessAt(now, maximumAge),
            Entries = snapshot.Index.EntryCount,
            RejectedHashes = snapshot.Index.RejectedHashes,
            CompleteThrough = snapshot.CompleteThrough,
            LastError = _lastError,
        };
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_indexedCursor is not null) return;
            await PublishAsync(cancellationToken).ConfigureAwait(false);
            if (_snapshot.CompleteThrough is { } through) Log.ListLoaded(_logger, _source.Name, _snapshot.Index.EntryCount, through);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _lastError = Describe(e);
            Log.LoadFailed(_logger, _source.Name, _lastError, e);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<RefreshResult> RefreshAsync(IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var tally = new Tally();
        try
        {
            try
            {
                await FetchAsync(tally, progress, cancellationToken).ConfigureAwait(false);
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
            _lastError = Describe(e);
            Log.RefreshFailed(_logger, _source.Name, _lastError, e);
        }
        finally
        {
            _gate.Release();
        }
        if (tally.Rejected > 0) Log.RecordsRejected(_logger, _source.Name, tally.Rejected);
        return new RefreshResult(_source.Name, tally.Changes.Upserts, tally.Changes.Removals, tally.Rejected, _lastError);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Stores page after page, from where the store is.</summary>
    private async Task FetchAsync(Tally tally, IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        tally.Cursor = stored?.Cursor;
        var batch = new PageBatch(_time);
        try
        {
            await foreach (var page in _source.ReadAsync(tally.Cursor, cancellationToken).ConfigureAwait(false))
            {
                if (page.StartsOver)
                {
                    // Pages from before do not count as seen again.
                    if (!batch.IsEmpty) await StoreAsync(batch.Take(), tally, progress).ConfigureAwait(false);
                    Log.ListStartedOver(_logger, _source.Name);
                }
                batch.Add(page);
                if (batch.IsDue) await StoreAsync(batch.Take(), tally, progress).ConfigureAwait(false);
            }
        }
        finally
        {
            // Pages that came before a failure are good, and need not be fetched again.
            if (!batch.IsEmpty) await StoreAsync(batch.Take(), tally, progress).ConfigureAwait(false);
        }
    }

    private async Task StoreAsync(ListPage page, Tally tally, IProgress<RefreshProgress>? progress)
    {
        // What was fetched is stored even if the refresh is being stopped.
        var changes = await _store.ApplyAsync(_source.Name, page, CancellationToken.None).ConfigureAwait(false);
        Log.PagesStored(_logger, _source.Name, changes.Upserts, changes.Removals);
        // Pages that changed nothing leave the index as good as it was.
        _indexedCursor = !changes.Any && _indexedCursor is not null && _indexedCursor == tally.Cursor ? page.Cursor : null;
        tally.Cursor = page.Cursor;
        tally.Changes += changes;
        tally.Rejected += page.Rejected;
        progress?.Report(new RefreshProgress(_source.Name, tally.Changes.Upserts, tally.Changes.Removals, page.Progress));
    }

    /// <summary>Publishes what the store holds, if that was ever complete. The index is built only where it is another than before.</summary>
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var stored = await _store.FindAsync(_source.Name, cancellationToken).ConfigureAwait(false);
        if (stored?.CompleteThrough is null) return;

        var index = _snapshot.Index;
        if (stored.Cursor != _indexedCursor)
        {
            var builder = new HashIndexBuilder();
            await foreach (var entry in _store.ReadEntriesAsync(_source.Name, cancellationToken).ConfigureAwait(false)) builder.Add(entry);
            index = builder.Build(cancellationToken);
            _indexedCursor = stored.Cursor;
            Log.ListPublished(_logger, _source.Name, index.EntryCount, index.RejectedHashes);
        }
        _snapshot = new ListSnapshot(_source.Name, index, stored.CompleteThrough);
        _catalog.Publish(_snapshot);
    }

    /// <summary>Only texts that promise to hold no secret and no hash become visible.</summary>
    private static string Describe(Exception exception) =>
        exception is ListSourceException or ListStoreException ? exception.Message : $"Something unforeseen failed: {exception.GetType().Name}.";

    /// <summary>How far a refresh has come.</summary>
    private sealed class Tally
    {
        /// <summary>The cursor of what is stored.</summary>
        public string? Cursor { get; set; }

        public ListChanges Changes { get; set; }

        public long Rejected { get; set; }
    }
}
