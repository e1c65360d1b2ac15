using Microsoft.Data.Sqlite;

namespace TakeItDown.Matching.Sqlite;

/// <summary>Reads the entries of one list as of one instant, on a connection of its own, and makes sure that they are what was written.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _entries;
    private readonly StringPool _pool = new();
    private readonly long _expected;
    private long _read;

    private SqliteReader(SqliteDatabase database, string list)
    {
        _database = database;
        // One transaction, so that the count and the entries are of the same instant.
        database.Execute("BEGIN");
        using var lists = new SqliteLists(database);
        var row = lists.Find(list);
        _expected = row?.Entries ?? 0;
        var (first, last) = SqliteEntries.PlacesOf(row?.Id ?? 0);
        _entries = database.Prepare("SELECT key, generation, checksum, record FROM entries WHERE place BETWEEN ? AND ?").Bind(1, first).Bind(2, last);
    }

    public static SqliteReader Open(string path, string list)
    {
        var database = SqliteDatabase.OpenForReading(path);
        try
        {
            return new SqliteReader(database, list);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The next entry; null after the last.</summary>
    /// <exception cref="SqliteException">The file is damaged, see <see cref="SqliteDatabase.IsDamage"/>, or could not be read.</exception>
    public ListEntry? Next()
    {
        if (_entries.Step())
        {
            _read++;
            return SqliteEntries.ReadRow(_entries, 0, _pool);
        }
        return _read == _expected ? null : throw SqliteDatabase.Damage("entries are missing");
    }

    public void Dispose()
    {
        _entries.Dispose();
        _database.Dispose();
    }
}
