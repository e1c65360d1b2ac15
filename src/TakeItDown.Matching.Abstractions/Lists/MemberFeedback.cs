namespace TakeItDown.Matching;

/// <summary>What members of a registry say of one kind of hash of an entry.</summary>
/// <param name="Kind">Of which kind of hash; <see cref="HashKind.None"/> for one that this library does not know.</param>
/// <param name="IsDispute">Whether they say that it is wrong, rather than right.</param>
/// <param name="Reason">For which of the registry's reasons it is wrong, in the registry's words: encode them before they go into a page; null where it is right.</param>
/// <param name="Members">How many members say so.</param>
public sealed record MemberFeedback(HashKind Kind, bool IsDispute, string? Reason, int Members);
