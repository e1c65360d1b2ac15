using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Storage;

/// <summary>Keeps lists for as long as the process lives: a restart reads them from their registries again.</summary>
internal sealed partial class InMemoryListStore : IListStore
{
    private readonly ConcurrentDictionary<string, MemoryList> _lists = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. _lists.Where(list => list.Value.Describe() is not null).Select(list => list.Key)]);
    }

    public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_lists.TryGetValue(list, out var found) ? found.Describe() : null);
    }

    public ValueTask<ListChanges> ApplyAsync(string list, ListPage page, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_lists.GetOrAdd(list, static _ => new MemoryList()).Apply(page));
    }

    public async IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (!_lists.TryGetValue(list, out var found)) yield break;
        foreach (var entry in found.Copy())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }
}
