using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>An entry of a list that the content matches.</summary>
public sealed record Match
{
    /// <summary>The name of the list.</summary>
    public required string List { get; init; }

    /// <summary>The entry's id on the list, unique within the member.</summary>
    public required string Entry { get; init; }

    /// <summary>The id of the member that submitted the entry.</summary>
    public required string Member { get; init; }

    /// <summary>What names the entry on its list: <see cref="Member"/> and <see cref="Entry"/>.</summary>
    [JsonIgnore]
    public EntryKey Key => new(Member, Entry);

    /// <summary>The registry's classification, where it gives one.</summary>
    public string? Classification { get; init; }

    /// <summary>The registry's categories for the entry, such as <c>Known Minor</c> or <c>Viral</c>, in its words: encode them before they go into a page.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What other members of the registry say of the entry's hashes. A dispute is a reason for a person to look, not for no match.</summary>
    public IReadOnlyList<MemberFeedback> Feedback { get; init; } = [];

    /// <summary>The kind of hash that matched.</summary>
    public required HashKind Kind { get; init; }

    /// <summary>In how many bits the hashes differ: 0 for digests, 0 to 256 for PDQ.</summary>
    public int Distance { get; init; }

    /// <summary>The PDQ quality of the uploaded picture, 0 to 100; null for digests, and for PDQ hashes that came without one.</summary>
    public int? Quality { get; init; }

    /// <summary>Which way up the picture had to be turned; null for digests.</summary>
    public Orientation? Orientation { get; init; }

    /// <summary>The way, or the ways together, in which it was found: <see cref="MatchWays.Whole"/>, or any others.</summary>
    public MatchWays Way { get; init; } = MatchWays.Whole;

    /// <summary>Where in a video the matching frame stands; null for anything but a frame.</summary>
    public TimeSpan? FrameTime { get; init; }

    /// <summary>
    /// The share of the upload's frames, 0 to 1, that are among those of the listed video, as far as it was looked at; null for anything but a listed
    /// video that its frames matched.
    /// </summary>
    public double? QueryShare { get; init; }

    /// <summary>The share of the listed video's frames, 0 to 1, that are among those of the upload; null where <see cref="QueryShare"/> is.</summary>
    public double? ListedShare { get; init; }

    /// <summary>The list, the kind of hash and the distance, without the entry, which some registries name by its hash.</summary>
    public override string ToString() => $"Match({List}, {Kind.ToName()}, {Distance} bits)";
}
