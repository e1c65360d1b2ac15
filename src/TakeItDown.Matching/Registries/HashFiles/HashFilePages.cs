using System.Globalization;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>Entries of a file as the pages of a list that is read from its beginning.</summary>
internal static class HashFilePages
{
    /// <summary>Whose entries they are: a file tells no members.</summary>
    public const string Member = "file";

    private const int EntriesPerPage = 10_000;

    /// <summary>How many pages of the file, as it is now, a cursor has behind it; 0 for one of another file.</summary>
    /// <param name="cursor">Where the reading goes on; null from the beginning.</param>
    /// <param name="seen">What the file is known by now.</param>
    public static int After(string? cursor, string seen)
    {
        var parts = (cursor ?? "").Split(' ', 4);
        return parts is ["part", var number, "of", var of] && of == seen && int.TryParse(number, CultureInfo.InvariantCulture, out var pages) && pages > 0 ? pages : 0;
    }

    /// <summary>Cuts entries into pages. Only the last bears the cursor of the whole.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cursor">What the file is known by.</param>
    /// <param name="after">How many pages were read before.</param>
    /// <param name="rejected">How many lines or records were malformed.</param>
    /// <param name="now">The instant at which the file was read.</param>
    public static IEnumerable<ListPage> Of(IReadOnlyList<ListEntry> entries, string cursor, int after, int rejected, DateTimeOffset now)
    {
        var page = after;
        foreach (var chunk in entries.Skip(after * EntriesPerPage).Chunk(EntriesPerPage))
        {
            yield return new ListPage { Cursor = string.Create(CultureInfo.InvariantCulture, $"part {page + 1} of {cursor}"), StartsOver = page == 0, Upserts = chunk };
            page++;
        }
        yield return new ListPage { Cursor = cursor, StartsOver = page == 0, CompleteThrough = now, Rejected = rejected, Progress = 1 };
    }
}
