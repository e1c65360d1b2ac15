namespace TakeItDown.Matching;

/// <summary>
/// Keeps lists across restarts. A store may hold several lists, told apart by name. Its methods may be called from several threads;
/// one list is written by one caller at a time, and a page of another caller is refused, see <see cref="ListPage.Follows"/>.
/// </summary>
/// <remarks>Every method throws <see cref="ListStoreException"/> where the store cannot be read or written.</remarks>
public interface IListStore
{
    /// <summary>The names of the lists that the store holds a page of, in no particular order.</summary>
    ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default);

    /// <summary>What the store knows of a list, or null if it never held a page of it.</summary>
    ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>Stores a page: its changes and its cursor together, or nothing at all.</summary>
    /// <returns>What the page changed; a page whose entries are all known as they are changes nothing.</returns>
    ValueTask<ListChanges> ApplyAsync(string list, ListPage page, CancellationToken cancellationToken = default);

    /// <summary>Reads every live entry of a list, in no particular order, as of one instant.</summary>
    IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default);
}
