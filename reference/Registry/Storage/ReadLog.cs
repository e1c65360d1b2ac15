using Microsoft.Data.Sqlite;
using Registry.Model;

namespace Registry.Storage;

/// <summary>Who read the list, when, which window and how many entries: no hash, no address.</summary>
public sealed class ReadLog
{
    private readonly RegistryDatabase _database;

    internal ReadLog(RegistryDatabase database) => _database = database;

    /// <summary>Every read so far, the oldest first.</summary>
    public IReadOnlyList<ListRead> All() => _database.InTransaction(connection =>
    {
        using var command = connection.Command("SELECT at, user, member, after, until, start, entries FROM reads ORDER BY rowid");
        using var row = command.ExecuteReader();
        var reads = new List<ListRead>();
        while (row.Read())
        {
            reads.Add(new ListRead(
                DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0)), row.GetString(1), row.GetInt64(2),
                DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(4)),
                row.GetInt64(5), row.GetInt32(6)));
        }
        return reads;
    });

    /// <summary>
    /// The members that have read every one of some entries as it stands now (tombstones too), and when each had, in Unix seconds. Feedback dates an
    /// entry anew and leaves it as it stands: who had read it before has read it.
    /// </summary>
    internal static IReadOnlyDictionary<long, long> ReadersOf(SqliteConnection connection, IReadOnlyList<long> sequences)
    {
        using var command = connection.Command(
            $"""
            SELECT member, max(at) FROM (
                SELECT reads.member AS member, min(reads.at) AS at
                FROM entries JOIN reads ON reads.first <= sequence AND reads.last >= sequence AND (
                    (reads.after < changed AND reads.until >= changed)
                    OR (reads.after < stands_since AND reads.until >= stands_since AND reads.at < changed - 1))
                WHERE sequence IN ({string.Join(',', sequences)}) GROUP BY reads.member, sequence)
            GROUP BY member HAVING count(*) = $count
            """,
            [("$count", sequences.Count)]);
        using var row = command.ExecuteReader();
        var readers = new Dictionary<long, long>();
        while (row.Read()) readers.Add(row.GetInt64(0), row.GetInt64(1));
        return readers;
    }

    internal static void Write(SqliteConnection connection, TimeProvider time, Member reader, PageRequest request, IReadOnlyList<StoredEntry> entries)
    {
        using var write = connection.Command(
            """
            INSERT INTO reads (at, user, member, after, until, start, entries, first, last)
            VALUES ($at, $user, $member, $after, $until, $start, $entries, $first, $last)
            """,
            [
                ("$at", time.GetUtcNow().ToUnixTimeSeconds()), ("$user", reader.User), ("$member", reader.Id),
                ("$after", request.Window.After), ("$until", request.Window.Until), ("$start", request.Start), ("$entries", entries.Count),
                ("$first", entries.Count > 0 ? entries[0].Sequence : null), ("$last", entries.Count > 0 ? entries[^1].Sequence : null),
            ]);
        write.ExecuteNonQuery();
    }
}

/// <summary>One read of one page of the list.</summary>
/// <param name="At">When.</param>
/// <param name="User">Under which user name.</param>
/// <param name="Member">For which member.</param>
/// <param name="After">The start of the window, exclusive.</param>
/// <param name="Until">The end of the window, inclusive.</param>
/// <param name="Start">Where in the window the page starts; 1 for the first.</param>
/// <param name="Entries">How many entries were given.</param>
public sealed record ListRead(DateTimeOffset At, string User, long Member, DateTimeOffset After, DateTimeOffset Until, long Start, int Entries);
