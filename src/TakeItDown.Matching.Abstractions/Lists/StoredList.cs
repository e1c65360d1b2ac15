namespace TakeItDown.Matching;

/// <summary>What a store knows of a list.</summary>
/// <param name="Cursor">Where the next read goes on from.</param>
/// <param name="CompleteThrough">The instant up to which the list is complete; null if a first read never ended.</param>
/// <param name="Entries">How many live entries there are.</param>
public sealed record StoredList(string Cursor, DateTimeOffset? CompleteThrough, long Entries);
