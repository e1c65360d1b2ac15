using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>A live entry to be put on the list.</summary>
/// <param name="Member">The id of the member whose entry it is.</param>
/// <param name="Id">The member's own id for it.</param>
/// <param name="Media">A picture or a video.</param>
/// <param name="Hashes">Its hashes, of any kind, in any number. Of several PDQ hashes of a picture the first is that of it upright.</param>
/// <param name="Classification"><c>A1</c>, <c>B2</c>, …, where the member gives one.</param>
/// <param name="Timestamp">When it changed, to the second; the registry's own time where it is null.</param>
public sealed record RegistryEntry(
    long Member, string Id, MediaKind Media, IReadOnlyList<HashValue> Hashes, string? Classification = null, DateTimeOffset? Timestamp = null)
{
    /// <summary>The entry's place on the list, without any hash.</summary>
    public override string ToString() => $"RegistryEntry({Member}/{Id}, {Hashes.Count} hashes)";
}

/// <summary>An entry as it is stored. A tombstone has no hashes; <paramref name="Changed"/> is in Unix seconds.</summary>
internal sealed record StoredEntry(
    long Sequence, long Member, string Id, MediaKind Media, bool Deleted, long Changed, string? Classification, PackedHashes Hashes)
{
    public List<StoredFeedback> Feedback { get; } = [];

    public override string ToString() => $"StoredEntry({Member}/{Id})";
}

/// <summary>What a member said of one fingerprint of an entry: that it is right, or, with reasons, that it is wrong.</summary>
internal sealed record StoredFeedback(long Sequence, string Fingerprint, long Member, long Given, IReadOnlyList<string> Reasons);
