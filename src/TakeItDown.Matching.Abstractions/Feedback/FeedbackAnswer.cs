using System.Diagnostics.CodeAnalysis;

namespace TakeItDown.Matching;

/// <summary>What a registry answered to feedback: it took it, or it never will.</summary>
public readonly record struct FeedbackAnswer
{
    /// <summary>The registry took the feedback.</summary>
    public static FeedbackAnswer Taken => default;

    /// <summary>Whether the registry took the feedback.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsTaken => Refusal is null;

    /// <summary>Why the registry never will take it, without the entry, secrets or hashes; null where it took it.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The registry never will take the feedback: to send it again is of no use.</summary>
    /// <param name="reason">Why, as part of a sentence in a log: without the entry, secrets or hashes.</param>
    public static FeedbackAnswer Refused(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new FeedbackAnswer { Refusal = reason };
    }
}
