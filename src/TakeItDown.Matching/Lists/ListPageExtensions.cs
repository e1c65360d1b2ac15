namespace TakeItDown.Matching.Lists;

internal static class ListPageExtensions
{
    /// <summary>The same page with another cursor and other removals.</summary>
    public static ListPage With(this ListPage page, string cursor, IReadOnlyList<ListRemoval> removals) => new()
    {
        Upserts = page.Upserts,
        Removals = removals,
        StartsOver = page.StartsOver,
        Rejected = page.Rejected,
        Cursor = cursor,
        CompleteThrough = page.CompleteThrough,
        RereadFrom = page.RereadFrom,
        Progress = page.Progress,
    };

    /// <summary>What a store is told to write for a page: a list that is read from its beginning comes to its next generation.</summary>
    /// <param name="page">The page.</param>
    /// <param name="cursor">What the store keeps as the list's cursor.</param>
    /// <param name="position">The list's position before; 0 for none.</param>
    /// <param name="generation">The list's generation before; 0 for none.</param>
    /// <param name="unseen">What becomes of entries of earlier generations.</param>
    /// <exception cref="ListSourceException">A first page that does not start the list would have it pass for a whole one.</exception>
    public static StoreChange ToChange(this ListPage page, string cursor, long position, long generation, UnseenEntries unseen = UnseenEntries.Kept)
    {
        if (position == 0 && !page.StartsOver) throw new ListSourceException("The source gave a page from the middle of a list of which nothing is stored.");
        if (page.StartsOver) generation++;
        return new StoreChange
        {
            Expected = position,
            Generation = generation,
            Upserts = page.Upserts,
            // What was not withdrawn goes only where this reading has brought it, and is left unseen otherwise.
            Removals = [.. page.Removals.Select(removal => new StoreRemoval(removal.Key, removal.IsWithdrawn ? 0 : generation))],
            DropsBefore = unseen switch { UnseenEntries.Dropped => generation, UnseenEntries.DroppedIfTwice => generation - 1, _ => 0 },
            Cursor = cursor,
            CompleteThrough = page.CompleteThrough,
        };
    }
}
