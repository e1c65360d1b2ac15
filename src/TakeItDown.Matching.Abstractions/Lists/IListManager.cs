namespace TakeItDown.Matching;

/// <summary>Looks after the lists: says how fresh they are, and refreshes them on demand. A hosted service refreshes them by itself.</summary>
public interface IListManager
{
    /// <summary>The state of every registered list.</summary>
    IReadOnlyList<ListStatus> Lists { get; }

    /// <summary>
    /// Raised after uploads are compared with another state of a list: once it was loaded, and whenever a refresh or a reconciliation changed it. Events
    /// come in their order, one at a time, and not on the thread of the refresh, which waits for no handler. What a handler throws is logged.
    /// </summary>
    event EventHandler<ListChangedEventArgs>? Changed;

    /// <summary>
    /// Returns once no list keeps scans from a verdict: each that is in use and decides was read to its end and is fresh, or stale where its options accept
    /// that. It refreshes nothing by itself; the hosted service does.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting: a registry may be away for as long as it likes.</param>
    /// <exception cref="InvalidOperationException">No list is registered, so that none will ever be ready.</exception>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Loads what the store already holds, so that scans need not wait for a registry. Later calls do nothing for lists that are
    /// loaded. A list that cannot be loaded stays as it was, and its status says why.
    /// </summary>
    Task LoadAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings every list up to date now. One that fails keeps its old copy, and its status says what went wrong.</summary>
    /// <param name="progress">Told whenever pages were stored.</param>
    /// <param name="cancellationToken">Stops the refresh; what is stored stays stored.</param>
    Task<IReadOnlyList<RefreshResult>> RefreshAsync(IProgress<RefreshProgress>? progress = null, CancellationToken cancellationToken = default);
}

/// <summary>How far a refresh has come.</summary>
/// <param name="List">The name of the list.</param>
/// <param name="Upserts">Entries added or changed so far.</param>
/// <param name="Removals">Entries withdrawn so far.</param>
/// <param name="Fraction">The share that is done, 0 to 1, where the registry lets one tell.</param>
public readonly record struct RefreshProgress(string List, long Upserts, long Removals, double? Fraction);

/// <summary>What a refresh did.</summary>
/// <param name="List">The name of the list.</param>
/// <param name="Upserts">Entries added or changed.</param>
/// <param name="Removals">Entries withdrawn.</param>
/// <param name="Rejected">Malformed records that were left out.</param>
/// <param name="Error">What went wrong, without secrets or hashes; null if it went well.</param>
public sealed record RefreshResult(string List, long Upserts, long Removals, long Rejected, string? Error);
