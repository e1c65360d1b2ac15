namespace TakeItDown.Matching.Indexing;

/// <summary>What the index keeps of an entry besides its hashes.</summary>
/// <param name="Key">What names the entry on its list.</param>
/// <param name="Classification">The registry's classification, where it gives one.</param>
/// <param name="Media">Whether the hashes are of a picture or of a video's frames.</param>
/// <param name="FrameCount">How many different PDQ hashes a video has in the index; 0 for pictures.</param>
/// <param name="Notes">What else the registry says of it; null for nothing, as for most.</param>
internal readonly record struct IndexedEntry(EntryKey Key, string? Classification, MediaKind Media, int FrameCount, EntryNotes? Notes = null);

/// <summary>What a registry says of an entry besides its classification. Equal notes are one object within an index, so that they cost an entry nothing.</summary>
internal sealed class EntryNotes(IReadOnlyList<string> categories, IReadOnlyList<MemberFeedback> feedback)
{
    public IReadOnlyList<string> Categories { get; } = categories;

    public IReadOnlyList<MemberFeedback> Feedback { get; } = feedback;
}
