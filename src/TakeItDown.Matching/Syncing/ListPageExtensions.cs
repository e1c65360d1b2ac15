namespace TakeItDown.Matching.Syncing;

internal static class ListPageExtensions
{
    /// <summary>The same page with another cursor.</summary>
    public static ListPage With(this ListPage page, string cursor) => new()
    {
        Upserts = page.Upserts,
        Removals = page.Removals,
        StartsOver = page.StartsOver,
        DropsUnseen = page.DropsUnseen,
        Rejected = page.Rejected,
        Cursor = cursor,
        CompleteThrough = page.CompleteThrough,
        Progress = page.Progress,
    };
}
