using System.Diagnostics.CodeAnalysis;

namespace TakeItDown.Matching;

/// <summary>A reason for which a registry lets an entry be called wrong.</summary>
/// <param name="Id">What names it to the registry: 1 to 64 letters, digits and hyphens.</param>
/// <param name="Name">What it says, in the registry's words, up to 256 characters; encode it before it goes into a page.</param>
public sealed record FeedbackReason(string Id, string Name)
{
    /// <summary>Whether a text can be an id.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
