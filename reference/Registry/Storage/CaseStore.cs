using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Registry.Model;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>
/// People's cases: a number, the digest of the secret that withdraws it, when it was submitted, and the entries it put on the list. Of a withdrawn case
/// only its owner can tell the last two, see <see cref="SealedCase"/>.
/// </summary>
internal sealed class CaseStore(RegistryDatabase database, MemberDirectory members, TimeProvider time)
{
    // What a secret is compared with when there is no such case, so that the answer takes as long.
    private static readonly byte[] NoSecret = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>
    /// Puts items on the list under a case, which is opened if there is none with this number: all of them or none. Items that the case has
    /// already are passed over, so a submission whose answer was lost can be sent again. A withdrawn case takes nothing more, or a late
    /// repetition would put back what its owner has taken off.
    /// </summary>
    public CasePut Put(string number, byte[] secretDigest, IReadOnlyList<SubmittedItem> items) => database.InTransaction(connection =>
    {
        if (IsTaken(connection, number, secretDigest, out var withdrawn)) return new CasePut(CasePutOutcome.Unknown, 0);
        if (withdrawn) return new CasePut(CasePutOutcome.Withdrawn, 0);
        using var open = connection.Command("INSERT OR IGNORE INTO cases (number, secret_digest, submitted) VALUES ($number, $digest, $now)",
            [("$number", number), ("$digest", secretDigest), ("$now", time.GetUtcNow().ToUnixTimeSeconds())]);
        var isNew = open.ExecuteNonQuery() > 0;
        var held = isNew ? [] : Held(connection, number);
        using var writer = new EntryWriter(connection);
        var changed = RegistryStore.NextSecond(time);
        foreach (var item in items)
        {
            var hashes = PackedHashes.Pack(item.Hashes);
            if (!held.Add((item.Media, Convert.ToHexString(hashes.Bytes))) && !isNew) continue;
            // Random ids: an entry must not tell members which case it is of, nor which entries belong together.
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            writer.Put(members.TakeItDown, id, item.Media, changed, classification: null, hashes, number);
        }
        return new CasePut(isNew ? CasePutOutcome.Opened : CasePutOutcome.Added, Count(connection, number));
    });

    /// <summary>Finds a case for whoever holds its secret.</summary>
    /// <returns>Null where there is no such case or the secret is another's; the two cannot be told apart.</returns>
    public CaseState? Find(string number, CaseSecret secret) => database.InTransaction(connection =>
    {
        using var command = connection.Command("SELECT secret_digest, submitted, withdrawn, sealed FROM cases WHERE number = $number", [("$number", number)]);
        using var row = command.ExecuteReader();
        var found = row.Read();
        var matches = CryptographicOperations.FixedTimeEquals(found ? row.GetFieldValue<byte[]>(0) : NoSecret, secret.Digest);
        if (!found || !matches) return null;
        var (submitted, sequences) = row.IsDBNull(3) ? (row.GetInt64(1), Sequences(connection, number)) : SealedCase.Open(secret.Key, row.GetFieldValue<byte[]>(3));
        return new CaseState(number, submitted, !row.IsDBNull(2), sequences.Count, ReadLog.ReadersOf(connection, sequences));
    });

    /// <summary>Makes tombstones of a case's entries, and forgets whose they are.</summary>
    /// <returns>False where <see cref="Find"/> finds no case; true also when it was withdrawn before.</returns>
    public bool Withdraw(string number, CaseSecret secret)
    {
        if (Find(number, secret) is not { } found) return false;
        if (found.Withdrawn) return true;
        database.InTransaction(connection =>
        {
            // Neither when it was submitted nor when it was withdrawn: the places and times of tombstones tell that, too.
            using var withdraw = connection.Command("UPDATE cases SET withdrawn = 1, submitted = 0, sealed = $sealed WHERE number = $number AND withdrawn IS NULL",
                [("$sealed", SealedCase.Seal(secret.Key, found.Submitted, Sequences(connection, number))), ("$number", number)]);
            return withdraw.ExecuteNonQuery() > 0 ? RegistryStore.Bury(connection, "case_number = $number", RegistryStore.NextSecond(time), [("$number", number)]) : 0;
        });
        database.ForgetDeleted();
        return true;
    }

    /// <summary>Whether there is a case with this number whose secret is another's; if it is this one's, whether it has been withdrawn.</summary>
    private static bool IsTaken(SqliteConnection connection, string number, byte[] secretDigest, out bool withdrawn)
    {
        using var command = connection.Command("SELECT secret_digest, withdrawn FROM cases WHERE number = $number", [("$number", number)]);
        using var row = command.ExecuteReader();
        var found = row.Read();
        withdrawn = found && !row.IsDBNull(1);
        return found && !CryptographicOperations.FixedTimeEquals(row.GetFieldValue<byte[]>(0), secretDigest);
    }

    private static HashSet<(MediaKind Media, string Hashes)> Held(SqliteConnection connection, string number)
    {
        using var command = connection.Command("SELECT media, hashes FROM entries WHERE case_number = $number", [("$number", number)]);
        using var row = command.ExecuteReader();
        var held = new HashSet<(MediaKind, string)>();
        while (row.Read()) held.Add(((MediaKind)row.GetInt32(0), Convert.ToHexString(row.GetFieldValue<byte[]>(1))));
        return held;
    }

    private static List<long> Sequences(SqliteConnection connection, string number)
    {
        using var command = connection.Command("SELECT sequence FROM entries WHERE case_number = $number ORDER BY sequence", [("$number", number)]);
        using var row = command.ExecuteReader();
        var sequences = new List<long>();
        while (row.Read()) sequences.Add(row.GetInt64(0));
        return sequences;
    }

    private static int Count(SqliteConnection connection, string number)
    {
        using var command = connection.Command("SELECT count(*) FROM entries WHERE case_number = $number", [("$number", number)]);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}

/// <summary>What became of a submission, and how many items the case has now.</summary>
internal readonly record struct CasePut(CasePutOutcome Outcome, int Items);

internal enum CasePutOutcome
{
    Opened,
    Added,

    /// <summary>The case has been withdrawn, and takes nothing more.</summary>
    Withdrawn,

    /// <summary>The number is another's.</summary>
    Unknown,
}

/// <summary>
/// Where a case stands, and when each member that has read all of it as it stands now had done so (<paramref name="Readers"/>, by the
/// member's id). Times are in Unix seconds.
/// </summary>
internal sealed record CaseState(string Number, long Submitted, bool Withdrawn, int Items, IReadOnlyDictionary<long, long> Readers);

/// <summary>One picture or video of a submission.</summary>
internal sealed record SubmittedItem(MediaKind Media, IReadOnlyList<HashValue> Hashes)
{
    public override string ToString() => $"SubmittedItem({Media}, {Hashes.Count} hashes)";
}
