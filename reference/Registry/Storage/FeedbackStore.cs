using Microsoft.Data.Sqlite;
using Registry.Model;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>
/// What members say of entries' fingerprints. A member's later word on the same fingerprint replaces its earlier one. A word that is new dates the
/// entry anew, as any change does, so that other members see it in their next window.
/// </summary>
internal sealed class FeedbackStore(RegistryDatabase database, TimeProvider time)
{
    /// <returns>False where there is no such live entry with such a fingerprint.</returns>
    public bool Put(Member giver, long member, string id, FingerprintKey fingerprint, IReadOnlyList<string> reasons) => database.InTransaction(connection =>
    {
        if (Find(connection, member, id, fingerprint.Kind) is not { } sequence) return false;
        using var put = connection.Command(
            """
            INSERT INTO feedback (sequence, fingerprint, member, given, reasons) VALUES ($sequence, $fingerprint, $member, $given, $reasons)
            ON CONFLICT (sequence, fingerprint, member) DO UPDATE SET given = excluded.given, reasons = excluded.reasons WHERE reasons <> excluded.reasons
            """,
            [
                ("$sequence", sequence), ("$fingerprint", fingerprint.Type), ("$member", giver.Id),
                ("$given", time.GetUtcNow().ToUnixTimeSeconds()), ("$reasons", string.Join(' ', reasons.Order(StringComparer.Ordinal))),
            ]);
        if (put.ExecuteNonQuery() == 0) return true;
        using var date = connection.Command("UPDATE entries SET stands_since = coalesce(stands_since, changed), changed = max(changed, $changed) WHERE sequence = $sequence",
            [("$changed", RegistryStore.NextSecond(time)), ("$sequence", sequence)]);
        date.ExecuteNonQuery();
        return true;
    });

    /// <summary>Adds to the entries of a page what was said of them.</summary>
    public static void Attach(SqliteConnection connection, List<StoredEntry> entries)
    {
        if (entries.Count == 0) return;
        using var command = connection.Command(
            "SELECT sequence, fingerprint, member, given, reasons FROM feedback WHERE sequence BETWEEN $first AND $last ORDER BY sequence, fingerprint, member",
            [("$first", entries[0].Sequence), ("$last", entries[^1].Sequence)]);
        using var row = command.ExecuteReader();
        var at = 0;
        while (row.Read())
        {
            while (at < entries.Count && entries[at].Sequence < row.GetInt64(0)) at++;
            if (at == entries.Count) return;
            if (entries[at].Sequence > row.GetInt64(0)) continue;
            var reasons = row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            entries[at].Feedback.Add(new StoredFeedback(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), reasons));
        }
    }

    private static long? Find(SqliteConnection connection, long member, string id, HashKind kind)
    {
        using var find = connection.Command("SELECT sequence, hashes FROM entries WHERE member = $member AND id = $id AND deleted = 0",
            [("$member", member), ("$id", id)]);
        using var row = find.ExecuteReader();
        return row.Read() && new PackedHashes(row.GetFieldValue<byte[]>(1)).Holds(kind) ? row.GetInt64(0) : null;
    }
}
