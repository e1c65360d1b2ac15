using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

/// <summary>Looks after every registered list. Lists are independent: one that fails or is slow does not hold up the others.</summary>
internal sealed class ListManager : IListManager, IDisposable
{
    private readonly SteadyOptions<SyncOptions> _options;
    private readonly SteadyOptions<ListOptions> _listOptions;
    private readonly FloodControl _floods;
    private readonly TimeProvider _time;

    public ListManager(
        IEnumerable<IListSource> sources, IListStore store, ListCatalog catalog, SteadyOptions<SyncOptions> options, SteadyOptions<ListOptions> listOptions,
        FloodControl floods, MatchingInstruments instruments, IMeterFactory meters, TimeProvider time, ILogger<ListManager> logger)
    {
        (_options, _listOptions, _floods, _time) = (options, listOptions, floods, time);
        var all = sources.ToArray();
        if (all.CountBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new InvalidOperationException($"Two lists are named '{name}'; give each registry a name of its own.");
        Managed = [.. all.Select(source => new ManagedList(source, store, catalog, options, instruments, time, logger))];
        ListGauges.Create(meters, catalog, time);
    }

    /// <summary>Each list, for those who look after it by itself.</summary>
    public IReadOnlyList<ManagedList> Managed { get; }

    public IReadOnlyList<ListStatus> Lists
    {
        get
        {
            var (now, maximumAge) = (_time.GetUtcNow(), _options.Get().MaximumAge);
            return [.. Managed.Select(Describe)];

            ListStatus Describe(ManagedList list)
            {
                var options = _listOptions.Get(list.Name);
                return list.Describe(now, maximumAge) with { IsInUse = options.IsInUse, Mode = options.Mode, Floods = _floods.Find(list.Name, options) };
            }
        }
    }

    public Task LoadAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Managed.Select(list => list.LoadAsync(cancellationToken)));

    public async Task<IReadOnlyList<RefreshResult>> RefreshAsync(IProgress<RefreshProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(Managed.Select(list => list.RefreshAsync(progress, cancellationToken))).ConfigureAwait(false);

    public void Dispose()
    {
        foreach (var list in Managed) list.Dispose();
    }
}
