namespace TakeItDown.Matching;

/// <summary>
/// Keeps lists across restarts. A store may hold several lists, told apart by name. Its methods may be called from several threads;
/// one list is written by one caller at a time.
/// </summary>
public interface IListStore
{
    /// <summary>What the store knows of a list, or null if it never held a page of it.</summary>
    ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>Stores a page: its changes and its cursor together, or nothing at all.</summary>
    ValueTask ApplyAsync(string list, ListPage page, CancellationToken cancellationToken = default);

    /// <summary>Reads every live entry of a list, in no particular order, as of one instant.</summary>
    IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default);
}
