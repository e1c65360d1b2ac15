namespace TakeItDown.Matching.Testing.Stores;

/// <summary>A store that a rule is tried on, at a place of its own.</summary>
internal sealed class StoreTrial(Func<string, IListStore> open, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string List = "list";

    private readonly Place<IListStore> _place = new(open);
    private IListStore? _store;

    public IListStore Store => _store ??= _place.Open();

    public CancellationToken Token => cancellationToken;

    public IListStore OpenAnother() => _place.OpenAnother();

    public async Task ReopenAsync() => _store = await _place.ReopenAsync().ConfigureAwait(false);

    /// <summary>Applies a change that follows what the store says it holds.</summary>
    public async Task<AppliedChange> ApplyAsync(
        IEnumerable<ListEntry>? upserts = null, IEnumerable<StoreRemoval>? removals = null, long generation = 1, long dropsBefore = 0, string cursor = "cursor",
        DateTimeOffset? completeThrough = null, string list = List) =>
        await Store.ApplyAsync(list, new StoreChange
        {
            Expected = await PositionAsync(list).ConfigureAwait(false),
            Generation = generation,
            Upserts = [.. upserts ?? []],
            Removals = [.. removals ?? []],
            DropsBefore = dropsBefore,
            Cursor = cursor,
            CompleteThrough = completeThrough,
        }, cancellationToken).ConfigureAwait(false);

    public async Task<StoredList> FindAsync(string list = List) =>
        await Store.FindAsync(list, cancellationToken).ConfigureAwait(false) ?? throw new Finding("A list that was written is not found.");

    public async Task<long> PositionAsync(string list = List) => (await Store.FindAsync(list, cancellationToken).ConfigureAwait(false))?.Position ?? 0;

    public Task<string[]> ContentAsync(string list = List) => Store.ContentAsync(list, cancellationToken);

    public async Task HoldsAsync(IEnumerable<ListEntry> entries, string message)
    {
        if (!Entries.AreSame(Entries.Content(entries), await ContentAsync().ConfigureAwait(false))) throw new Finding(message);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();
}
