namespace TakeItDown.Matching;

/// <summary>What a platform says of one hash of an entry.</summary>
public sealed class EntryFeedback
{
    /// <summary>The name of the list.</summary>
    public required string List { get; init; }

    /// <summary>The entry.</summary>
    public required EntryKey Entry { get; init; }

    /// <summary>Which of its hashes.</summary>
    public required HashKind Kind { get; init; }

    /// <summary>
    /// The ids of the reasons for which it is wrong, each once, in ordinal order, without white space in them; empty where it is right.
    /// </summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The list and the kind. Some registries name entries by their hashes: the entry stays out of logs.</summary>
    public override string ToString() => $"EntryFeedback({List}, {Kind}, {(Reasons.Count == 0 ? "right" : "wrong")})";
}
