using Microsoft.Extensions.Logging;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Syncing;

/// <summary>Looks after every registered list. Lists are independent: one that fails or is slow does not hold up the others.</summary>
internal sealed class ListManager : IListManager, IDisposable
{
    private readonly ManagedList[] _lists;
    private readonly SteadyOptions<SyncOptions> _options;
    private readonly SteadyOptions<ListOptions> _listOptions;
    private readonly MatchingInstruments _instruments;
    private readonly TimeProvider _time;

    public ListManager(
        IEnumerable<IListSource> sources, IListStore store, ListCatalog catalog, SteadyOptions<SyncOptions> options, SteadyOptions<ListOptions> listOptions,
        MatchingInstruments instruments, TimeProvider time, ILogger<ListManager> logger)
    {
        (_options, _listOptions, _instruments, _time) = (options, listOptions, instruments, time);
        var all = sources.ToArray();
        if (all.CountBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new InvalidOperationException($"Two lists are named '{name}'; give each registry a name of its own.");
        _lists = [.. all.Select(source => new ManagedList(source, store, catalog, time, logger))];
    }

    public IReadOnlyList<ListStatus> Lists
    {
        get
        {
            var (now, maximumAge) = (_time.GetUtcNow(), _options.Get().MaximumAge);
            return [.. _lists.Select(list => list.Describe(now, maximumAge, _listOptions.Get(list.Name)))];
        }
    }

    public Task LoadAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(_lists.Select(list => list.LoadAsync(cancellationToken)));

    public async Task<IReadOnlyList<RefreshResult>> RefreshAsync(IProgress<RefreshProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(_lists.Select(list => RefreshAsync(list, progress, cancellationToken))).ConfigureAwait(false);

    private async Task<RefreshResult> RefreshAsync(ManagedList list, IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        using var sync = _instruments.Begin(TelemetryNames.SyncActivity);
        var result = await list.RefreshAsync(progress, cancellationToken).ConfigureAwait(false);
        _instruments.EndSync(sync, result);
        return result;
    }

    public void Dispose()
    {
        foreach (var list in _lists) list.Dispose();
    }
}
