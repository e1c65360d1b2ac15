using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Syncing;

/// <summary>Looks after every registered list. Lists are independent: one that fails or is slow does not hold up the others.</summary>
internal sealed class ListManager : IListManager, IDisposable
{
    private readonly ManagedList[] _lists;
    private readonly IOptionsMonitor<SyncOptions> _options;
    private readonly TimeProvider _time;

    public ListManager(
        IEnumerable<IListSource> sources, IListStore store, ListCatalog catalog, IOptionsMonitor<SyncOptions> options, TimeProvider time, ILogger<ListManager> logger)
    {
        (_options, _time) = (options, time);
        var all = sources.ToArray();
        if (all.CountBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new InvalidOperationException($"Two lists are named '{name}'; give each registry a name of its own.");
        _lists = [.. all.Select(source => new ManagedList(source, store, catalog, options, time, logger))];
    }

    public IReadOnlyList<ListStatus> Lists
    {
        get
        {
            var (now, maximumAge) = (_time.GetUtcNow(), _options.CurrentValue.MaximumAge);
            return [.. _lists.Select(list => list.Describe(now, maximumAge))];
        }
    }

    public Task LoadAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(_lists.Select(list => list.LoadAsync(cancellationToken)));

    public async Task<IReadOnlyList<RefreshResult>> RefreshAsync(IProgress<RefreshProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(_lists.Select(list => list.RefreshAsync(progress, cancellationToken))).ConfigureAwait(false);

    /// <summary>Reads a little more of each list whose comparison with its registry is due or under way.</summary>
    /// <returns>Whether there is more to read.</returns>
    public async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var more = await Task.WhenAll(_lists.Select(list => list.ReconcileAsync(cancellationToken))).ConfigureAwait(false);
        return more.Contains(true);
    }

    public void Dispose()
    {
        foreach (var list in _lists) list.Dispose();
    }
}
