namespace TakeItDown.Matching;

/// <summary>A registry's list, read through the registry's protocol. One source is one list; its name is the name matches carry.</summary>
public interface IListSource
{
    /// <summary>The name of the list, as the platform chose it.</summary>
    string Name { get; }

    /// <summary>
    /// The cursor from which the list is read to compare all of it with what is stored; null, the default, for its beginning. A source that can spare
    /// its registry a query for everything at once begins here with smaller ones.
    /// </summary>
    /// <exception cref="ListSourceException">The source cannot be read as it is set up.</exception>
    string? ComparisonStart => null;

    /// <summary>
    /// Reads what has changed since a cursor, page by page, until the list is complete up to now. The caller stores the pages
    /// in their order, several as one where they come quickly; after a failure it starts again from the last stored cursor.
    /// </summary>
    /// <param name="cursor">The cursor of the last stored page, or null to read the list from its beginning.</param>
    /// <param name="cancellationToken">Stops between and within requests.</param>
    /// <exception cref="ListSourceException">The registry could not be read; the text holds no secret and no hash.</exception>
    IAsyncEnumerable<ListPage> ReadAsync(string? cursor, CancellationToken cancellationToken = default);
}
