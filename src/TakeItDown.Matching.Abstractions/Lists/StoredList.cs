namespace TakeItDown.Matching;

/// <summary>What a store knows of a list.</summary>
/// <param name="Cursor">Where the next read goes on from.</param>
/// <param name="CompleteThrough">The instant up to which the list is complete; null if a first read never ended.</param>
/// <param name="Entries">How many live entries there are.</param>
/// <param name="Unseen">How many of them no page has brought since the list was last begun anew, see <see cref="ListPage.StartsOver"/>.</param>
/// <param name="UnseenTwice">How many of these no page had brought since the time before that either.</param>
public sealed record StoredList(string Cursor, DateTimeOffset? CompleteThrough, long Entries, long Unseen, long UnseenTwice = 0);
