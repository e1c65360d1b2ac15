namespace TakeItDown.Matching.Tool.Input;

/// <summary>A list that is read from a store only, as it is there.</summary>
internal sealed class StoredListSource(string name) : IListSource
{
    public string Name => name;

    public IAsyncEnumerable<ListPage> ReadAsync(string? cursor, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ListPage>();
}
