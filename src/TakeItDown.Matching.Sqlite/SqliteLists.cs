using System.Buffers;
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
            checksum INTEGER NOT NULL -- of the columns from cursor on
        ) STRICT;
        """;

    private readonly SqliteStatement _names, _find, _put;
    private readonly ArrayBufferWriter<byte> _name = new(), _cursor = new();

    public SqliteLists(SqliteDatabase database)
    {
        _names = database.Prepare("SELECT name FROM lists");
        _find = database.Prepare("SELECT id, cursor, complete_through, entries, generation, unseen, checksum FROM lists WHERE name = ?");
        _put = database.Prepare("""
            INSERT INTO lists (name, cursor, complete_through, entries, generation, unseen, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (name) DO UPDATE SET cursor = ?2, complete_through = ?3, entries = ?4, generation = ?5, unseen = ?6, checksum = ?7
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
        _find.BindText(1, Utf8(list, _name));
        if (!_find.Step()) return null;
        try
        {
            var (through, entries, generation, unseen) = (_find.Number(2), _find.Number(3), _find.Number(4), _find.Number(5));
            // A wrong cursor would have changes passed over, and a wrong time an old list taken for a fresh one.
            if (_find.Number(6) != ChecksumOf(_find.Bytes(1), through, entries, generation, unseen))
                throw SqliteDatabase.Damage("what it knows of a list is not as it was written");
            DateTimeOffset? completeThrough = _find.IsNull(2) ? null : new DateTimeOffset(through, TimeSpan.Zero);
            return new StoredRow(_find.Number(0), Encoding.UTF8.GetString(_find.Bytes(1)), completeThrough, entries, generation, unseen);
        }
        finally
        {
            _find.Reset();
        }
    }

    public void Put(string list, StoredRow row)
    {
        var cursor = Utf8(row.Cursor, _cursor);
        _put.BindText(1, Utf8(list, _name)).BindText(2, cursor);
        if (row.CompleteThrough is { } through) _put.Bind(3, through.UtcTicks);
        else _put.BindNull(3);
        _put.Bind(4, row.Entries).Bind(5, row.Generation).Bind(6, row.Unseen)
            .Bind(7, ChecksumOf(cursor, row.CompleteThrough?.UtcTicks ?? 0, row.Entries, row.Generation, row.Unseen)).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_names, _find, _put]) statement.Dispose();
    }

    private static long ChecksumOf(ReadOnlySpan<byte> cursor, long through, long entries, long generation, long unseen) =>
        Checksum.Empty.Add(cursor).Add(through).Add(entries).Add(generation).Add(unseen).Value;

    private static ReadOnlySpan<byte> Utf8(string text, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, buffer);
        return buffer.WrittenSpan;
    }
}
