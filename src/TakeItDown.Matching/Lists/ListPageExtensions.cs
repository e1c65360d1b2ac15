namespace TakeItDown.Matching.Lists;

internal static class ListPageExtensions
{
    /// <summary>The same page with another cursor, for a store that holds a certain one, and perhaps with other removals.</summary>
    public static ListPage With(this ListPage page, string cursor, string? follows, IReadOnlyList<ListRemoval>? removals = null) => new()
    {
        Upserts = page.Upserts,
        Removals = removals ?? page.Removals,
        StartsOver = page.StartsOver,
        Unseen = page.Unseen,
        Rejected = page.Rejected,
        Cursor = cursor,
        Follows = follows,
        CompleteThrough = page.CompleteThrough,
        RereadFrom = page.RereadFrom,
        Progress = page.Progress,
    };
}
