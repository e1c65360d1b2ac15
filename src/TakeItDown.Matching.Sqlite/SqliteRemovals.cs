using System.Buffers.Binary;

namespace TakeItDown.Matching.Sqlite;

/// <summary>Which entries have left a list lately, known by the digests of their keys alone: nothing of a withdrawn entry is kept that could be read.</summary>
internal sealed class SqliteRemovals : IDisposable
{
    public const string Schema = """
        CREATE TABLE removals (
            place INTEGER PRIMARY KEY, -- as that of an entry, among whose places it stands
            key BLOB NOT NULL, -- KeyDigest
            checksum INTEGER NOT NULL -- of place and key
        ) STRICT;
        """;

    /// <summary>How many removals of each list are kept: 3 MB. Whoever missed more compares the whole list.</summary>
    public const int DefaultLimit = 100_000;

    private readonly SqliteStatement _add, _next, _beyond, _forget;
    private readonly int _limit;

    public SqliteRemovals(SqliteDatabase database, int limit)
    {
        _limit = limit;
        _add = database.Prepare("INSERT INTO removals (place, key, checksum) VALUES (?, ?, ?)");
        _next = database.Prepare("SELECT place, key, checksum FROM removals WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?");
        _beyond = database.Prepare("SELECT place FROM removals WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1 OFFSET ?");
        _forget = database.Prepare("DELETE FROM removals WHERE place BETWEEN ? AND ?");
    }

    /// <summary>Whether so many at once may be kept.</summary>
    public bool HasRoom(long removals) => removals <= _limit;

    public void Add(StoredRow list, KeyDigest key)
    {
        var place = SqliteEntries.PlacesOf(list.Id).First + ++list.LastPlace;
        Span<byte> bytes = stackalloc byte[KeyDigest.Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        _add.Bind(1, place).BindBlob(2, bytes).Bind(3, ChecksumOf(place, bytes)).Run();
    }

    public List<EntryChange> Read(StoredRow list, long after, int limit)
    {
        var removals = new List<EntryChange>();
        var (first, last) = SqliteEntries.PlacesOf(list.Id);
        _next.Bind(1, first + after + 1).Bind(2, last).Bind(3, limit);
        while (_next.Step())
        {
            var place = _next.Number(0);
            var key = _next.Bytes(1);
            if (key.Length != KeyDigest.Length || _next.Number(2) != ChecksumOf(place, key)) throw SqliteDatabase.Damage("a removal is not as it was written");
            removals.Add(EntryChange.Removed(list.Origin + place - first, new KeyDigest(BinaryPrimitives.ReadUInt128BigEndian(key))));
        }
        return removals;
    }

    /// <summary>Forgets all of them: what follows is known no more until the list's next place.</summary>
    public void Forget(StoredRow list)
    {
        var (first, last) = SqliteEntries.PlacesOf(list.Id);
        _forget.Bind(1, first).Bind(2, last).Run();
        list.KnownSince = ++list.LastPlace;
    }

    /// <summary>Forgets the earliest beyond the limit.</summary>
    public void Trim(StoredRow list)
    {
        var (first, last) = SqliteEntries.PlacesOf(list.Id);
        if (!_beyond.Bind(1, first).Bind(2, last).Bind(3, _limit).Step()) return;
        var beyond = _beyond.Number(0);
        _beyond.Reset();
        _forget.Bind(1, first).Bind(2, beyond).Run();
        list.KnownSince = beyond - first;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_add, _next, _beyond, _forget]) statement.Dispose();
    }

    private static long ChecksumOf(long place, ReadOnlySpan<byte> key) => Checksum.Begin().Add(place).Add(key).Value;
}
