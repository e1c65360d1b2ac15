namespace TakeItDown.Matching;

/// <summary>
/// A step forward on a list, as its source gives it: what changed, and the cursor to go on from once the change is stored. A key stands at most once in a page.
/// What a store is told to write is a <see cref="StoreChange"/>.
/// </summary>
public sealed class ListPage
{
    /// <summary>Entries that are new or changed; an entry with a known key replaces the earlier one whole.</summary>
    public IReadOnlyList<ListEntry> Upserts { get; init; } = [];

    /// <summary>Entries that leave the list. Unknown keys are no error.</summary>
    public IReadOnlyList<ListRemoval> Removals { get; init; } = [];

    /// <summary>
    /// Whether the list is read anew from its beginning with this page, because it never was read or because what is asked of the
    /// registry has changed. From then on an entry is unseen until a page brings it again. The first page of a list must be such a page: a list without
    /// its beginning would pass for a whole one.
    /// </summary>
    public bool StartsOver { get; init; }

    /// <summary>How many records were malformed and left out of this page.</summary>
    public int Rejected { get; init; }

    /// <summary>Where to go on from. Only the source that wrote it can read it; it holds no secret.</summary>
    public required string Cursor { get; init; }

    /// <summary>
    /// Where not null, the list is complete up to this instant once the page is stored. Null in the middle of a window:
    /// nothing may be called up to date by such a page.
    /// </summary>
    public DateTimeOffset? CompleteThrough { get; init; }

    /// <summary>
    /// Where not null, what the registry counts is not what it showed, so that something may be missing. It is a cursor: what is read from there on
    /// again holds all that may be missing. Whoever fills a store does so within a day, and mends what it finds.
    /// </summary>
    public string? RereadFrom { get; init; }

    /// <summary>The share of the work that is done with this page, 0 to 1, where the source can tell.</summary>
    public double? Progress { get; init; }
}
