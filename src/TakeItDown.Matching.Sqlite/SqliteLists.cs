using System.Runtime.InteropServices;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>The statements on what is known of each list.</summary>
internal sealed class SqliteLists : IDisposable
{
    public const string Schema = """
        CREATE TABLE lists (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            cursor TEXT NOT NULL,
            complete_through INTEGER, -- ticks, UTC
            generation INTEGER NOT NULL, -- the highest that was applied
            generations BLOB NOT NULL, -- how many entries there are of each generation
            origin INTEGER NOT NULL, -- the list's position at its place 0
            last_place INTEGER NOT NULL, -- the last place that an entry or a removal was given
            known_since INTEGER NOT NULL, -- the place from which on every removal is known
            checksum INTEGER NOT NULL -- of the columns from cursor on
        ) STRICT;
        """;

    private readonly SqliteStatement _names, _find, _put;

    public SqliteLists(SqliteDatabase database)
    {
        _names = database.Prepare("SELECT name FROM lists");
        _find = database.Prepare("SELECT id, cursor, complete_through, generation, generations, origin, last_place, known_since, checksum FROM lists WHERE name = ?");
        _put = database.Prepare("""
            INSERT INTO lists (name, cursor, complete_through, generation, generations, origin, last_place, known_since, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (name) DO UPDATE SET cursor = ?2, complete_through = ?3, generation = ?4, generations = ?5, origin = ?6, last_place = ?7, known_since = ?8, checksum = ?9
            """);
    }

    public List<string> Names()
    {
        var names = new List<string>();
        while (_names.Step()) names.Add(Encoding.UTF8.GetString(_names.Bytes(0)));
        return names;
    }

    public StoredRow? Find(string list)
    {
        _find.BindText(1, list);
        if (!_find.Step()) return null;
        try
        {
            ReadOnlySpan<long> numbers = [_find.Number(2), _find.Number(3), _find.Number(5), _find.Number(6), _find.Number(7)];
            // A wrong cursor would have changes passed over, and a wrong time an old list taken for a fresh one.
            if (_find.Number(8) != ChecksumOf(_find.Bytes(1), _find.Bytes(4), numbers)) throw SqliteDatabase.Damage("what it knows of a list is not as it was written");
            DateTimeOffset? completeThrough = _find.NumberOrNull(2) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            return new StoredRow(_find.Number(0), Encoding.UTF8.GetString(_find.Bytes(1)), completeThrough, Generation: numbers[1])
            {
                Generations = GenerationCounts.Parse(_find.Bytes(4)),
                Origin = numbers[2],
                LastPlace = numbers[3],
                KnownSince = numbers[4],
            };
        }
        finally
        {
            _find.Reset();
        }
    }

    public void Put(string list, StoredRow row)
    {
        var cursor = Encoding.UTF8.GetBytes(row.Cursor);
        var generations = row.Generations.ToBytes();
        ReadOnlySpan<long> numbers = [row.CompleteThrough?.UtcTicks ?? 0, row.Generation, row.Origin, row.LastPlace, row.KnownSince];
        _put.BindText(1, list).BindText(2, cursor).Bind(3, row.CompleteThrough?.UtcTicks).Bind(4, row.Generation).BindBlob(5, generations)
            .Bind(6, row.Origin).Bind(7, row.LastPlace).Bind(8, row.KnownSince).Bind(9, ChecksumOf(cursor, generations, numbers)).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_names, _find, _put]) statement.Dispose();
    }

    private static long ChecksumOf(ReadOnlySpan<byte> cursor, ReadOnlySpan<byte> generations, ReadOnlySpan<long> numbers) =>
        Checksum.Begin().Add(cursor).Add(MemoryMarshal.AsBytes(numbers)).Add(generations).Value;
}
