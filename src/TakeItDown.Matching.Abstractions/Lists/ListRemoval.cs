namespace TakeItDown.Matching;

/// <summary>An entry that leaves a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Timestamp">When it came to leave, by the registry's clock; null where the registry does not tell.</param>
/// <param name="IsWithdrawn">
/// Whether the registry withdrew it. Otherwise it is there still, without any hash to match by. That may be an error of the registry's, or in
/// what it lets us read: while a list is read anew, such an entry is not removed but left unseen, so that the loss of half a list is noticed.
/// </param>
public readonly record struct ListRemoval(EntryKey Key, DateTimeOffset? Timestamp = null, bool IsWithdrawn = true);
