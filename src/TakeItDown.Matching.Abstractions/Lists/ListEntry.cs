namespace TakeItDown.Matching;

/// <summary>One entry of a list: a picture or video, known only by its hashes.</summary>
public sealed class ListEntry
{
    /// <summary>What names the entry on its list.</summary>
    public required EntryKey Key { get; init; }

    /// <summary>Whether the hashes are of a picture or of a video; the PDQ hashes of a video are those of its frames.</summary>
    public required MediaKind Media { get; init; }

    /// <summary>The registry's classification (<c>A1</c>, <c>B2</c>, …), where it gives one.</summary>
    public string? Classification { get; init; }

    /// <summary>When the registry last changed the entry, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The hashes, of any kind, in any number.</summary>
    public required IReadOnlyList<HashValue> Hashes { get; init; }

    /// <summary>The entry's place on its list, without any hash.</summary>
    public override string ToString() => $"ListEntry({Key.Member}/{Key.Id}, {Hashes.Count} hashes)";
}
