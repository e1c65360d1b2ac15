namespace TakeItDown.Matching;

/// <summary>
/// Keeps lists across restarts. A store may hold several lists, told apart by name, and knows nothing of how they are read: it applies changes, counts
/// entries by their generation, and tells what has changed since a position. Its methods may be called from several threads.
/// </summary>
/// <remarks>Every method throws <see cref="ListStoreException"/> where the store cannot be read or written.</remarks>
public interface IListStore
{
    /// <summary>The names of the lists that the store holds, in no particular order.</summary>
    ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default);

    /// <summary>What the store knows of a list; null if no change of it was ever applied.</summary>
    ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>Applies a change: its entries, its removals and its cursor together, or nothing at all.</summary>
    /// <exception cref="ListConflictException">The change does not follow what the store holds; nothing of it is applied.</exception>
    ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default);

    /// <summary>How many entries of a list bear a generation lower than this one; 0 for a list that is not there.</summary>
    /// <remarks>Asked after every refresh: answer it from counts that are kept, not by going through the entries of a long list.</remarks>
    ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default);

    /// <summary>Reads every entry of a list, in no particular order, as of one instant.</summary>
    IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads what was added, changed or removed since a position, in the order in which it was. Of an entry that changed several times only the latest
    /// state need be told. To read all of it, ask again from <see cref="ListNews.Position"/> until nothing comes.
    /// </summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="since">A position that this store gave: only what came after it is told.</param>
    /// <param name="limit">The most changes to return, 1 or more.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// Null where the store no longer knows all that changed since, or never gave this position: then the whole list has to be compared, see
    /// <see cref="ReadEntriesAsync"/>. A store that keeps no news at all returns null, which is the default.
    /// </returns>
    ValueTask<ListNews?> ReadNewsAsync(string list, long since, int limit, CancellationToken cancellationToken = default) => new((ListNews?)null);
}
