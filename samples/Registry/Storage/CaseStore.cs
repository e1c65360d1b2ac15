using System.Security.Cryptography;
using TakeItDown.Matching;

namespace Registry.Storage;

/// <summary>People's cases: a number, the digest of the secret that withdraws it, two times, and the entries it put on the list.</summary>
internal sealed class CaseStore(RegistryDatabase database, Sharing.MemberDirectory members, TimeProvider time)
{
    // What a secret is compared with when there is no such case, so that the answer takes as long.
    private static readonly byte[] NoSecret = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <summary>Stores a new case with its entries, whole or not at all.</summary>
    public void Add(string number, byte[] secretDigest, IReadOnlyList<SubmittedItem> items) => database.InTransaction(connection =>
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        using var add = connection.Command("INSERT INTO cases (number, secret_digest, submitted) VALUES ($number, $digest, $now)",
            [("$number", number), ("$digest", secretDigest), ("$now", now)]);
        add.ExecuteNonQuery();
        using var writer = new EntryWriter(connection);
        var changed = RegistryStore.NextSecond(time);
        foreach (var item in items)
        {
            // Random ids: an entry must not tell members which case it is of, nor which entries belong together.
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            writer.Put(members.TakeItDown, id, item.Media, changed, classification: null, PackedHashes.Pack(item.Hashes), number);
        }
        return items.Count;
    });

    /// <summary>Finds a case for whoever holds its secret.</summary>
    /// <returns>Null where there is no such case or the secret is another's; the two cannot be told apart.</returns>
    public CaseState? Find(string number, byte[] secretDigest) => database.InTransaction(connection =>
    {
        using var command = connection.Command(
            "SELECT secret_digest, submitted, withdrawn, (SELECT count(*) FROM entries WHERE case_number = $number) FROM cases WHERE number = $number",
            [("$number", number)]);
        using var row = command.ExecuteReader();
        var found = row.Read();
        var matches = CryptographicOperations.FixedTimeEquals(found ? row.GetFieldValue<byte[]>(0) : NoSecret, secretDigest);
        return found && matches ? new CaseState(number, row.GetInt64(1), !row.IsDBNull(2), row.GetInt32(3)) : null;
    });

    /// <summary>Makes tombstones of a case's entries.</summary>
    /// <returns>False where <see cref="Find"/> finds no case; true also when it was withdrawn before.</returns>
    public bool Withdraw(string number, byte[] secretDigest)
    {
        if (Find(number, secretDigest) is not { } found) return false;
        if (found.Withdrawn) return true;
        database.InTransaction(connection =>
        {
            var changed = RegistryStore.NextSecond(time);
            using var withdraw = connection.Command("UPDATE cases SET withdrawn = $now WHERE number = $number AND withdrawn IS NULL",
                [("$now", changed - 1), ("$number", number)]);
            withdraw.ExecuteNonQuery();
            return RegistryStore.Bury(connection, "case_number = $number", changed, [("$number", number)]);
        });
        database.ForgetDeleted();
        return true;
    }
}

/// <summary>Where a case stands; <paramref name="Submitted"/> is in Unix seconds.</summary>
internal sealed record CaseState(string Number, long Submitted, bool Withdrawn, int Items);

/// <summary>One picture or video of a submission.</summary>
internal sealed record SubmittedItem(MediaKind Media, IReadOnlyList<HashValue> Hashes)
{
    public override string ToString() => $"SubmittedItem({Media}, {Hashes.Count} hashes)";
}
