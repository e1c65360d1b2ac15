namespace TakeItDown.Matching.Sqlite;

/// <summary>A row of the table of lists.</summary>
internal sealed record StoredRow(long Id, string Cursor, DateTimeOffset? CompleteThrough, long Entries, long Generation, long Unseen);
