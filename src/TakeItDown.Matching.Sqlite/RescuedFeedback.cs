using Microsoft.Data.Sqlite;

namespace TakeItDown.Matching.Sqlite;

/// <summary>What came over from a damaged file: lists are read from their registries again, but what reviewers said can be had from nowhere else.</summary>
/// <param name="Words">How many words of feedback.</param>
/// <param name="IsWhole">Whether the damaged file could be read to the end of its feedback.</param>
internal sealed record RescuedFeedback(int Words, bool IsWhole)
{
    /// <summary>Takes over the feedback of a damaged file, as far as it can be read.</summary>
    /// <param name="aside">Where the damaged file is, if there is one of which nothing was taken over yet.</param>
    /// <param name="target">The new file, within a transaction.</param>
    public static RescuedFeedback? Take(string aside, SqliteDatabase target)
    {
        if (!File.Exists(aside)) return null;
        using var put = target.Prepare("INSERT OR IGNORE INTO feedback (list, member, id, kind, reasons, sent) VALUES (?, ?, ?, ?, ?, ?)");
        var words = 0;
        try
        {
            using var damaged = SqliteDatabase.OpenForReading(aside);
            using var rows = damaged.Prepare("SELECT list, member, id, kind, reasons, sent FROM feedback ORDER BY place");
            while (rows.Step())
            {
                put.BindText(1, rows.Bytes(0)).BindText(2, rows.Bytes(1)).BindText(3, rows.Bytes(2)).Bind(4, rows.Number(3)).BindText(5, rows.Bytes(4));
                words += put.Bind(6, rows.NumberOrNull(5)).Run();
            }
            return new RescuedFeedback(words, IsWhole: true);
        }
        catch (SqliteException e) when (SqliteDatabase.IsDamage(e))
        {
            return new RescuedFeedback(words, IsWhole: false);
        }
    }
}
