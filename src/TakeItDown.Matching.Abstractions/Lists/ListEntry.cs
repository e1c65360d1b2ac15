namespace TakeItDown.Matching;

/// <summary>One entry of a list: a picture or video, known only by its hashes.</summary>
public sealed class ListEntry
{
    /// <summary>More categories, or more feedback, nobody reads; a registry that sends more must not stop its list.</summary>
    private const int NoteLimit = 64;

    /// <summary>What names the entry on its list.</summary>
    public required EntryKey Key { get; init; }

    /// <summary>Whether the hashes are of a picture or of a video; the PDQ hashes of a video are those of its frames.</summary>
    public required MediaKind Media { get; init; }

    /// <summary>The registry's classification (<c>A1</c>, <c>B2</c>, …), where it gives one.</summary>
    public string? Classification { get; init; }

    /// <summary>
    /// The registry's categories for the entry, in its words, such as <c>Known Minor</c> or <c>Viral</c>; empty where it gives none, or where the entry
    /// was stored before they were kept and has not been seen since. Of more than 64 the first 64 are kept.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init => field = Bound(value); } = [];

    /// <summary>What other members say of the entry's hashes; empty as <see cref="Categories"/> may be, and kept up to the same number.</summary>
    public IReadOnlyList<MemberFeedback> Feedback { get; init => field = Bound(value); } = [];

    /// <summary>When the registry last changed the entry, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The hashes, of any kind, in any number.</summary>
    public required IReadOnlyList<HashValue> Hashes { get; init; }

    /// <summary>The number of hashes, without any of them, and without the entry's name.</summary>
    public override string ToString() => $"ListEntry({Hashes.Count} hashes)";

    private static IReadOnlyList<T> Bound<T>(IReadOnlyList<T> notes) => notes.Count <= NoteLimit ? notes : [.. notes.Take(NoteLimit)];
}
