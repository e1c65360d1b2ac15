using System.Text;
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
        using var find = database.Prepare("SELECT id, entries FROM lists WHERE name = ?");
        var isKnown = find.BindText(1, Encoding.UTF8.GetBytes(list)).Step();
        var id = isKnown ? find.Number(0) : 0;
        _expected = isKnown ? find.Number(1) : 0;
        find.Reset();
        _entries = database.Prepare("SELECT member, id, record FROM entries WHERE list = ?").Bind(1, id);
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
            return EntryRecord.Read(_entries.Bytes(0), _entries.Bytes(1), _entries.Bytes(2), _pool) ?? throw SqliteDatabase.Damage("an entry is not as it was written");
        }
        return _read == _expected ? null : throw SqliteDatabase.Damage("entries are missing");
    }

    public void Dispose()
    {
        _entries.Dispose();
        _database.Dispose();
    }
}
