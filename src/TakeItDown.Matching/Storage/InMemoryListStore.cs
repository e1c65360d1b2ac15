using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Storage;

/// <summary>Keeps lists for as long as the process lives: a restart reads them from their registries again.</summary>
internal sealed class InMemoryListStore : IListStore
{
    private readonly ConcurrentDictionary<string, MemoryList> _lists = new(StringComparer.Ordinal);

    /// <summary>How many removals of each list are told as news; whoever missed more compares the whole list.</summary>
    internal int RemovalLimit { get; init; } = 100_000;

    public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. _lists.Where(list => list.Value.Describe() is not null).Select(list => list.Key)]);
    }

    public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Find(list)?.Describe());
    }

    public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_lists.GetOrAdd(list, _ => new MemoryList(RemovalLimit)).Apply(change));
    }

    public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Find(list)?.CountBefore(generation) ?? 0);
    }

    public async IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var entry in Find(list)?.Copy() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public ValueTask<ListNews?> ReadNewsAsync(string list, long since, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Find(list)?.ReadNews(since, limit));
    }

    private MemoryList? Find(string list) => _lists.GetValueOrDefault(list);
}
