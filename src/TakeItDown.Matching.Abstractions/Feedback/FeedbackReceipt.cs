using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>What became of feedback on one match.</summary>
public sealed record FeedbackReceipt
{
    /// <summary>The name of the list.</summary>
    public required string List { get; init; }

    /// <summary>The entry. Some registries name entries by their hashes: keep it out of logs.</summary>
    public required EntryKey Entry { get; init; }

    /// <summary>Which of its hashes matched.</summary>
    public required HashKind Kind { get; init; }

    /// <summary>What became of it.</summary>
    public required FeedbackOutcome Outcome { get; init; }

    /// <summary>The list, the kind and the outcome, without the entry.</summary>
    public override string ToString() => $"FeedbackReceipt({List}, {Kind}, {Outcome})";
}

/// <summary>What becomes of feedback.</summary>
[JsonConverter(typeof(EnumWordConverter<FeedbackOutcome>))]
public enum FeedbackOutcome
{
    /// <summary>The store keeps it until the registry has it.</summary>
    Kept = 0,

    /// <summary>The registry takes no feedback on this kind of hash, or none at all; or the store keeps none. See <see cref="IListFeedback.Supports"/>.</summary>
    NotSupported,

    /// <summary>No list is registered under this name, as may be with a result from before.</summary>
    NotRegistered,

    /// <summary>The registry has none of the reasons.</summary>
    UnknownReason,
}
