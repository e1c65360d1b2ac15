using Microsoft.Data.Sqlite;
using Registry.Model;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>
/// The list's entries. Every change dates an entry to the next whole second. Reads and changes take turns, so once a window that ends by now
/// has been read, nothing can enter it any more: a client that asks from one window's end to the next misses nothing. (Entries that are
/// put with a time of their own make their own rules.)
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

    /// <summary>Turns entries into tombstones, in one transaction.</summary>
    /// <returns>How many it did; it passes over those that are unknown or were deleted before.</returns>
    public int Delete(long member, params IEnumerable<string> ids)
    {
        var deleted = _database.InTransaction(connection =>
            ids.Sum(id => Bury(connection, "member = $member AND id = $id", NextSecond(_time), ("$member", member), ("$id", id))));
        if (deleted > 0) _database.ForgetDeleted();
        return deleted;
    }

    /// <summary>The time of a change made now, in Unix seconds.</summary>
    internal static long NextSecond(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() + 1;

    /// <summary>Makes tombstones of the live entries that a condition holds for, and forgets their hashes and which case they were of.</summary>
    internal static int Bury(SqliteConnection connection, string condition, long changed, params ReadOnlySpan<(string, object?)> parameters)
    {
        using var bury = connection.Command(
            $"UPDATE entries SET deleted = 1, changed = $changed, classification = NULL, hashes = x'', case_number = NULL, stands_since = NULL WHERE deleted = 0 AND {condition}", parameters);
        bury.Parameters.AddWithValue("$changed", changed);
        return bury.ExecuteNonQuery();
    }

    /// <summary>Reads one page of a window, and writes down who read it, or else does neither.</summary>
    internal EntryPage ReadPage(Member reader, PageRequest request) => _database.InTransaction(connection =>
    {
        var visible = reader.SeesAll ? "" : $"AND member IN ({string.Join(',', reader.Sees)})";
        var place = request.Place ?? FirstPlace(connection, request.Window, visible);
        // Few entries are found by their time and then put in order; many by going through the table in order.
        var index = place.Max <= request.Size ? "INDEXED BY entries_by_time" : "NOT INDEXED";
        using var command = connection.Command(
            $"""
            SELECT {Columns} FROM entries {index}
            WHERE sequence BETWEEN $sequence AND $last AND changed > $after AND changed <= $until {visible}
            ORDER BY sequence LIMIT $limit
            """,
            [
                ("$sequence", place.Sequence), ("$last", place.Last), ("$after", request.Window.After), ("$until", request.Window.Until),
                ("$limit", request.Size + 1),
            ]);
        var page = Fill(command, request.Size, place);
        FeedbackStore.Attach(connection, page.Entries);
        ReadLog.Write(connection, _time, reader, request, page.Entries);
        return page;
    });

    private static PagePlace FirstPlace(SqliteConnection connection, Window window, string visible)
    {
        using var command = connection.Command(
            $"SELECT count(*), coalesce(min(sequence), 0), coalesce(max(sequence), 0) FROM entries WHERE changed > $after AND changed <= $until {visible}",
            [("$after", window.After), ("$until", window.Until)]);
        using var row = command.ExecuteReader();
        row.Read();
        return new PagePlace(Start: 1, Max: row.GetInt64(0), Sequence: row.GetInt64(1), Last: row.GetInt64(2));
    }

    private static EntryPage Fill(SqliteCommand command, int size, PagePlace place)
    {
        var entries = new List<StoredEntry>();
        var hashes = 0;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var entry = ReadEntry(row);
            hashes += entry.Hashes.Count;
            if (entries.Count == size || (hashes > HashesPerPage && entries.Count > 0))
                return new EntryPage(entries, place with { Start = place.Start + entries.Count, Sequence = entry.Sequence });
            entries.Add(entry);
        }
        return new EntryPage(entries, Next: null);
    }

    private static StoredEntry ReadEntry(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), (MediaKind)row.GetInt32(3), row.GetBoolean(4), row.GetInt64(5),
        row.IsDBNull(6) ? null : row.GetString(6), new PackedHashes(row.GetFieldValue<byte[]>(7)));
}

/// <summary>A page of entries in the order of their sequence, and where the next page stands, if there is one.</summary>
internal sealed record EntryPage(List<StoredEntry> Entries, PagePlace? Next);
