using Microsoft.Data.Sqlite;
using Registry.Sharing;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>
/// The list's entries. Every change dates an entry to the next whole second. Reads and changes take turns, so once a window that ends by now
/// has been read, nothing can enter it any more: a client that asks from one window's end to the next misses nothing.
/// </summary>
public sealed class RegistryStore
{
    private const string Columns = "sequence, member, id, media, deleted, changed, classification, hashes";

    // A video may have thousands of frame hashes: a page ends early rather than growing to hundreds of megabytes.
    private const int HashesPerPage = 50_000;

    private readonly RegistryDatabase _database;
    private readonly MemberDirectory _members;
    private readonly TimeProvider _time;

    internal RegistryStore(RegistryDatabase database, MemberDirectory members, TimeProvider time)
    {
        _database = database;
        _members = members;
        _time = time;
    }

    /// <summary>Adds entries, or replaces those of the same member and id, in one transaction.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="ArgumentException">An entry is of a member that is not configured, or neither of a picture nor a video.</exception>
    public int Put(IEnumerable<RegistryEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return _database.InTransaction(connection =>
        {
            using var writer = new EntryWriter(connection);
            var count = 0;
            foreach (var entry in entries)
            {
                if (!_members.Knows(entry.Member)) throw new ArgumentException($"Member {entry.Member} is not configured.", nameof(entries));
                var changed = entry.Timestamp?.ToUnixTimeSeconds() ?? NextSecond(_time);
                writer.Put(entry.Member, entry.Id, entry.Media, changed, entry.Classification, PackedHashes.Pack(entry.Hashes), caseNumber: null);
                count++;
            }
            return count;
        });
    }

    /// <summary>Turns an entry into a tombstone.</summary>
    /// <returns>False where there is no such entry, or it was deleted before.</returns>
    public bool Delete(long member, string id)
    {
        var deleted = _database.InTransaction(connection =>
            Bury(connection, "member = $member AND id = $id", NextSecond(_time), ("$member", member), ("$id", id))) > 0;
        if (deleted) _database.ForgetDeleted();
        return deleted;
    }

    /// <summary>The time of a change made now, in Unix seconds.</summary>
    internal static long NextSecond(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() + 1;

    /// <summary>Makes tombstones of the live entries that a condition holds for, and forgets their hashes.</summary>
    internal static int Bury(SqliteConnection connection, string condition, long changed, params ReadOnlySpan<(string, object?)> parameters)
    {
        using var bury = connection.Command(
            $"UPDATE entries SET deleted = 1, changed = $changed, classification = NULL, hashes = x'' WHERE deleted = 0 AND {condition}", parameters);
        bury.Parameters.AddWithValue("$changed", changed);
        return bury.ExecuteNonQuery();
    }

    /// <summary>Reads one page of a window, and writes down who read it, or else does neither.</summary>
    internal EntryPage ReadPage(Member reader, PageRequest request) => _database.InTransaction(connection =>
    {
        var (last, byTime) = (request.Max, false);
        if (last is null)
        {
            using var bounds = connection.Command("SELECT count(*), max(sequence) FROM entries WHERE changed > $after AND changed <= $until",
                [("$after", request.Window.After), ("$until", request.Window.Until)]);
            using var row = bounds.ExecuteReader();
            row.Read();
            last = row.IsDBNull(1) ? 0 : row.GetInt64(1);
            byTime = row.GetInt64(0) <= request.Size;
        }
        // Few entries are found by their time and then put in order; many by going through the table in order.
        var index = byTime ? "INDEXED BY entries_by_time" : "NOT INDEXED";
        using var command = connection.Command(
            $"""
            SELECT {Columns} FROM entries {index}
            WHERE sequence BETWEEN $start AND $max AND changed > $after AND changed <= $until
                AND ($all OR member IN (SELECT value FROM json_each($sees)))
            ORDER BY sequence LIMIT $limit
            """,
            [
                ("$start", request.Start), ("$max", last), ("$after", request.Window.After), ("$until", request.Window.Until),
                ("$all", reader.SeesAll), ("$sees", $"[{string.Join(',', reader.Sees)}]"), ("$limit", request.Size + 1),
            ]);
        var page = Fill(command, request.Size, last.Value);
        FeedbackStore.Attach(connection, page.Entries);
        Auditing.ReadLog.Write(connection, _time, reader, request, page.Entries.Count);
        return page;
    });

    private static EntryPage Fill(SqliteCommand command, int size, long max)
    {
        var entries = new List<StoredEntry>();
        var hashes = 0;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var entry = ReadEntry(row);
            hashes += entry.Hashes.Count;
            if (entries.Count == size || (hashes > HashesPerPage && entries.Count > 0)) return new EntryPage(entries, entry.Sequence, max);
            entries.Add(entry);
        }
        return new EntryPage(entries, Next: null, max);
    }

    private static StoredEntry ReadEntry(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), (MediaKind)row.GetInt32(3), row.GetBoolean(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetString(6), new PackedHashes(row.GetFieldValue<byte[]>(7)));
}

/// <summary>A page of entries in the order of their sequence, with the sequence that the next page starts at, if any, and the window's last.</summary>
internal sealed record EntryPage(List<StoredEntry> Entries, long? Next, long Max);
