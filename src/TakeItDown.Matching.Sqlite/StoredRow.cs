namespace TakeItDown.Matching.Sqlite;

/// <summary>A row of the table of lists. Whoever changes entries keeps count in it, and then puts it back.</summary>
internal sealed record StoredRow(long Id, string Cursor, DateTimeOffset? CompleteThrough, long Generation)
{
    public long Entries { get; set; }

    public long Unseen { get; set; }

    public long UnseenTwice { get; set; }

    /// <summary>Counts an entry of a generation as no longer unseen, if it was.</summary>
    public void See(long generation)
    {
        if (generation < Generation) Unseen--;
        if (generation < Generation - 1) UnseenTwice--;
    }
}
