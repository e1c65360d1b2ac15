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
    private readonly ListChangeFeed _changes;

    /// <summary>Freshness and options change without a publication, too.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public ListManager(
        IEnumerable<IListSource> sources, IListStore store, ListCatalog catalog, SteadyOptions<SyncOptions> options, SteadyOptions<ListOptions> listOptions,
        FloodControl floods, MatchingInstruments instruments, IMeterFactory meters, TimeProvider time, ILogger<ListManager> logger)
    {
        (_options, _listOptions, _floods, _time) = (options, listOptions, floods, time);
        var all = sources.ToArray();
        if (all.CountBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Key: { } name })
            throw new InvalidOperationException($"Two lists are named '{name}'; give each registry a name of its own.");
        _changes = new ListChangeFeed(this, logger);
        catalog.Published = _changes.Tell;
        Managed = [.. all.Select(source => new ManagedList(source, store, catalog, options, instruments, time, logger))];
        ListGauges.Create(meters, catalog, time);
    }

    /// <summary>Each list, for those who look after it by itself.</summary>
    public IReadOnlyList<ManagedList> Managed { get; }

    public event EventHandler<ListChangedEventArgs>? Changed
    {
        add => _changes.Changed += value;
        remove => _changes.Changed -= value;
    }

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

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        if (Managed.Count == 0) throw new InvalidOperationException("No list is registered, so that none will ever be ready: add a registry.");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = _changes.Next;
            if (Lists.All(IsReady)) return;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(LongestWait, _time, either.Token)).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
        }
    }

    public Task LoadAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Managed.Select(list => list.LoadAsync(cancellationToken)));

    public async Task<IReadOnlyList<RefreshResult>> RefreshAsync(IProgress<RefreshProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await Task.WhenAll(Managed.Select(list => list.RefreshAsync(progress, cancellationToken))).ConfigureAwait(false);

    /// <summary>Whether the list keeps no scan from a verdict.</summary>
    private bool IsReady(ListStatus list) => !list.IsInUse || list.Mode != ListMode.Enforce || list.Freshness == ListFreshness.Fresh
        || (list.Freshness == ListFreshness.Stale && _listOptions.Get(list.Name).AcceptStale);

    public void Dispose()
    {
        foreach (var list in Managed) list.Dispose();
    }
}
