using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>
/// A step forward on a list: what changed, and the cursor to go on from once the change is stored. A key stands at most once in a page.
/// </summary>
public sealed class ListPage
{
    /// <summary>Entries that are new or changed; an entry with a known key replaces the earlier one whole.</summary>
    public IReadOnlyList<ListEntry> Upserts { get; init; } = [];

    /// <summary>Entries that leave the list. Unknown keys are no error.</summary>
    public IReadOnlyList<ListRemoval> Removals { get; init; } = [];

    /// <summary>
    /// Whether the list is read anew from its beginning with this page, because it never was read or because what is asked of the
    /// registry has changed. From then on an entry is unseen until a page brings it again. A store takes no other page as the first of a
    /// list: a list without its beginning would pass for a whole one.
    /// </summary>
    public bool StartsOver { get; init; }

    /// <summary>
    /// Which of the entries that are still unseen are gone with this page. Whoever fills a store sets it, once the list was read from its
    /// beginning to its end and the loss is believed; sources leave it alone.
    /// </summary>
    public UnseenEntries Unseen { get; init; }

    /// <summary>How many records were malformed and left out of this page.</summary>
    public int Rejected { get; init; }

    /// <summary>Where to go on from. Only the source that wrote it can read it; it holds no secret.</summary>
    public required string Cursor { get; init; }

    /// <summary>
    /// Where not null, the cursor that the store must hold for the page to be taken: whoever fills a store sets it to the one it has read,
    /// so that two processes cannot mix their pages. Sources leave it null.
    /// </summary>
    public string? Follows { get; init; }

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

/// <summary>What becomes of entries that a list was read from its beginning without.</summary>
[JsonConverter(typeof(EnumWordConverter<UnseenEntries>))]
public enum UnseenEntries
{
    /// <summary>All of them stay.</summary>
    Kept = 0,

    /// <summary>Those are gone that the reading before had not brought either: one reading may overlook an entry that moves meanwhile.</summary>
    DroppedIfTwice,

    /// <summary>All of them are gone.</summary>
    Dropped,
}
