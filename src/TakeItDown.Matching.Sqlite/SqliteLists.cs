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
            entries INTEGER NOT NULL,
            generation INTEGER NOT NULL, -- how often the list was read from its beginning
            unseen INTEGER NOT NULL, -- how many entries are of an earlier generation
            unseen_twice INTEGER NOT NULL, -- how many are of one before the last
            checksum INTEGER NOT NULL -- of the columns from cursor on
        ) STRICT;
        """;

    private readonly SqliteStatement _names, _find, _put;

    public SqliteLists(SqliteDatabase database)
    {
        _names = database.Prepare("SELECT name FROM lists");
        _find = database.Prepare("SELECT id, cursor, complete_through, generation, entries, unseen, unseen_twice, checksum FROM lists WHERE name = ?");
        _put = database.Prepare("""
            INSERT INTO lists (name, cursor, complete_through, generation, entries, unseen, unseen_twice, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (name) DO UPDATE SET cursor = ?2, complete_through = ?3, generation = ?4, entries = ?5, unseen = ?6, unseen_twice = ?7, checksum = ?8
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
            ReadOnlySpan<long> numbers = [_find.Number(2), _find.Number(3), _find.Number(4), _find.Number(5), _find.Number(6)];
            // A wrong cursor would have changes passed over, and a wrong time an old list taken for a fresh one.
            if (_find.Number(7) != ChecksumOf(_find.Bytes(1), numbers)) throw SqliteDatabase.Damage("what it knows of a list is not as it was written");
            DateTimeOffset? completeThrough = _find.NumberOrNull(2) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            return new StoredRow(_find.Number(0), Encoding.UTF8.GetString(_find.Bytes(1)), completeThrough, Generation: numbers[1])
            {
                Entries = numbers[2],
                Unseen = numbers[3],
                UnseenTwice = numbers[4],
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
        ReadOnlySpan<long> numbers = [row.CompleteThrough?.UtcTicks ?? 0, row.Generation, row.Entries, row.Unseen, row.UnseenTwice];
        _put.BindText(1, list).BindText(2, cursor).Bind(3, row.CompleteThrough?.UtcTicks).Bind(4, row.Generation).Bind(5, row.Entries).Bind(6, row.Unseen).Bind(7, row.UnseenTwice).Bind(8, ChecksumOf(cursor, numbers)).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_names, _find, _put]) statement.Dispose();
    }

    private static long ChecksumOf(ReadOnlySpan<byte> cursor, ReadOnlySpan<long> numbers) =>
        Checksum.Begin().Add(cursor).Add(MemoryMarshal.AsBytes(numbers)).Value;
}
