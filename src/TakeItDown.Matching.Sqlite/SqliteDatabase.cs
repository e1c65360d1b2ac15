using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TakeItDown.Matching.Sqlite;

/// <summary>One connection to a store's file, with the file's schema seen to.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>Marks the file as ours: "TIDM".</summary>
    private const int ApplicationId = 0x5449_444D;

    private const int SchemaVersion = 3;

    public const int Full = 13;

    private const int Corrupt = 11, NotADatabase = 26;

    /// <summary>How long to wait for another process that writes the same file.</summary>
    private const int BusyMilliseconds = 10_000;

    // Entries lie in the order of their keys, in one tree: there is no second index that could disagree with it.
    private const string Schema = """
        CREATE TABLE lists (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            cursor TEXT NOT NULL,
            complete_through INTEGER, -- ticks, UTC
            entries INTEGER NOT NULL,
            generation INTEGER NOT NULL, -- how often the list was read from its beginning
            unseen INTEGER NOT NULL -- how many entries are of an earlier generation
        ) STRICT;
        CREATE TABLE entries (
            list INTEGER NOT NULL,
            member TEXT NOT NULL,
            id TEXT NOT NULL,
            generation INTEGER NOT NULL, -- the list's, when a page last brought the entry
            record BLOB NOT NULL,
            PRIMARY KEY (list, member, id)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Version 1 noted whether a list was being read from its beginning, and version 2 how many entries are yet to be seen.</summary>
    private const string FromVersion1 = """
        ALTER TABLE lists ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
        UPDATE lists SET unseen = (SELECT count(*) FROM entries WHERE list = lists.id AND entries.generation <> lists.generation) WHERE starting_over;
        ALTER TABLE lists DROP COLUMN starting_over;
        """;

    private readonly SqliteConnection _connection;

    private SqliteDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file for one writer, and makes or checks the schema.</summary>
    public static SqliteDatabase OpenForWriting(string path, int? pageLimit)
    {
        StoreFile.Create(path);
        var database = Open(path);
        try
        {
            // Pages of a long list come in no order of its keys, and so most of the file is written again for each: by few large pages, in half the time.
            // Commits reach the disk at checkpoints: a power cut may take back the last pages, but pages and cursor together.
            database.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 67108864;");
            // Withdrawn hashes are wiped from the file, and never reach a temporary one.
            database.Execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;");
            if (pageLimit is not null) database.Execute($"PRAGMA max_page_count = {pageLimit};");
            database.EnsureSchema();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file for reading beside the writer, which has opened it before.</summary>
    public static SqliteDatabase OpenForReading(string path) => Open(path);

    /// <summary>What is thrown where the content is not what was written.</summary>
    public static SqliteException Damage(string what) => new($"The list store is damaged: {what}.", Corrupt);

    /// <summary>Whether an error says that the file's content is broken, rather than that it could not be used just now.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    public SqliteStatement Prepare(string sql) => new(_connection, sql);

    public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);

    public void Dispose() => _connection.Dispose();

    private static SqliteDatabase Open(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
            return new SqliteDatabase(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void EnsureSchema()
    {
        Execute("BEGIN IMMEDIATE");
        var (application, version) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        if (application == 0 && version == 0 && Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Execute(Schema);
            Execute(SqliteOutbox.Schema);
            Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
        }
        else if (application != ApplicationId)
            throw new ListStoreException("The file is a database of something else; choose another path for the list store.");
        else if (version > SchemaVersion)
            throw new ListStoreException("The list store was written by a newer version of this library; update it, or choose another path.");
        else if (version < SchemaVersion)
        {
            if (version == 1) Execute(FromVersion1);
            // Versions 1 and 2 knew no feedback.
            Execute(SqliteOutbox.Schema);
            Execute($"PRAGMA user_version = {SchemaVersion};");
        }
        Execute("COMMIT");
        if (Text("PRAGMA quick_check(1)") != "ok") throw Damage("its pages contradict each other");
    }

    private long Number(string sql)
    {
        using var statement = Prepare(sql);
        statement.Step();
        return statement.Number(0);
    }

    private string Text(string sql)
    {
        using var statement = Prepare(sql);
        statement.Step();
        return Encoding.UTF8.GetString(statement.Bytes(0));
    }
}
