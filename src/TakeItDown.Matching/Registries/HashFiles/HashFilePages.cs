namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Entries of a file as the pages of a list that is read from its beginning.</summary>
internal static class HashFilePages
{
    /// <summary>Whose entries they are: a file tells no members.</summary>
    public const string Member = "file";

    private const int EntriesPerPage = 10_000;

    /// <summary>Cuts entries into pages. Only the last bears the cursor: from any other the file is read from its beginning again.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cursor">What the file is known by.</param>
    /// <param name="rejected">How many lines or records were malformed.</param>
    /// <param name="now">The instant at which the file was read.</param>
    public static IEnumerable<ListPage> Of(IReadOnlyList<ListEntry> entries, string cursor, int rejected, DateTimeOffset now)
    {
        var isFirst = true;
        foreach (var chunk in entries.Chunk(EntriesPerPage))
        {
            yield return new ListPage { Cursor = "part of " + cursor, StartsOver = isFirst, Upserts = chunk };
            isFirst = false;
        }
        yield return new ListPage { Cursor = cursor, StartsOver = isFirst, CompleteThrough = now, Rejected = rejected, Progress = 1 };
    }
}
