using System.Buffers.Binary;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TakeItDown.Matching.Sqlite;

/// <summary>One connection to a store's file, with the file's schema seen to.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>Marks the file as ours: "TIDM".</summary>
    private const int ApplicationId = 0x5449_444D;

    private const int SchemaVersion = 6;

    public const int Full = 13;

    private const int NoSuchTable = 1, Corrupt = 11, NotADatabase = 26;

    /// <summary>Tells the file from another that took its place.</summary>
    private const string Schema = "CREATE TABLE store (id INTEGER NOT NULL) STRICT; INSERT INTO store VALUES (random());";

    /// <summary>How long to wait for another process that writes the same file.</summary>
    private const int BusyMilliseconds = 10_000;

    private readonly SqliteConnection _connection;

    private SqliteDatabase(SqliteConnection connection) => _connection = connection;

    public long Id { get; private set; }

    /// <summary>Whether no transaction is under way.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_connection.Handle) != 0;

    /// <summary>What came over from a damaged file; null where there was none, or this file is not new.</summary>
    public RescuedFeedback? Rescued { get; private set; }

    /// <summary>Opens the file for one writer, and makes or checks the schema.</summary>
    public static SqliteDatabase OpenForWriting(string path, int? pageLimit)
    {
        StoreFile.Create(path);
        var database = Open(path);
        try
        {
            // A batch of pages changes most of the index: by few large pages, in less time.
            // Every commit reaches the disk before it is told of: whoever follows the news keeps positions, which must never be given twice.
            database.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 67108864;");
            // Withdrawn hashes are overwritten in the file once the log is brought into it, see TryEmptyLog, and never reach a temporary file.
            database.Execute("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;");
            if (pageLimit is not null) database.Execute($"PRAGMA max_page_count = {pageLimit};");
            database.EnsureSchema(path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file that begins with these 100 bytes is a list store.</summary>
    public static bool IsOurs(ReadOnlySpan<byte> header) =>
        header.StartsWith("SQLite format 3\0"u8) && BinaryPrimitives.ReadInt32BigEndian(header[68..]) == ApplicationId;

    /// <summary>Wipes what deleted rows have left in a file that nobody has open.</summary>
    public static void WipeUnusedSpace(string path)
    {
        // Whoever closes a file last brings its log into it.
        if (File.Exists(path + "-wal"))
        {
            using var last = Open(path);
            last.TryEmptyLog();
        }
        UnusedSpace.Wipe(path);
    }

    /// <summary>Opens the file for reading beside the writer, which has opened it before.</summary>
    public static SqliteDatabase OpenForReading(string path) => Open(path);

    /// <summary>What is thrown where the content is not what was written.</summary>
    public static SqliteException Damage(string what) => new($"The list store is damaged: {what}.", Corrupt);

    /// <summary>Whether an error says that the file's content is broken, rather than that it could not be used just now.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    public SqliteStatement Prepare(string sql)
    {
        try
        {
            return new(_connection, sql);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NoSuchTable)
        {
            throw Damage("its tables are not those that were made");
        }
    }

    public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_connection.Handle, sql), _connection.Handle);

    /// <summary>
    /// Brings the write-ahead log into the file, and empties it: until then the file still holds what was deleted, and the log holds
    /// each page as it was before.
    /// </summary>
    /// <returns>False where somebody still reads an older state, or writes, or the disk is full: then both stay as they are.</returns>
    public bool TryEmptyLog()
    {
        // Whoever reads is not waited for: a long list takes minutes.
        raw.sqlite3_busy_timeout(_connection.Handle, 0);
        var result = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(_connection.Handle, BusyMilliseconds);
        if (result is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or Full) return false;
        SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return true;
    }

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

    private void EnsureSchema(string path)
    {
        Execute("BEGIN IMMEDIATE");
        var (application, version) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        if (application == 0 && version == 0 && Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Execute(Schema + SqliteLists.Schema + SqliteEntries.Schema + SqliteRemovals.Schema + SqliteOutbox.Schema);
            Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
            // Together with the file, so that a crash before here does it again.
            Rescued = RescuedFeedback.Take(StoreFile.Unrescued(path), this);
        }
        else if (application != ApplicationId)
            throw new ListStoreException("The file is a database of something else; choose another path for the list store.");
        else if (version > SchemaVersion)
            throw new ListStoreException("The list store was written by a newer version of this library; update it, or choose another path.");
        else if (version < 1) throw Damage("its version cannot be");
        else if (version < SchemaVersion)
        {
            if (version < 4) Execute(Schema);
            SchemaHistory.CarryOver(this, version);
            Execute($"PRAGMA user_version = {SchemaVersion};");
        }
        Execute("COMMIT");
        if (Rescued is not null) StoreFile.Keep(path);
        Id = Number("SELECT id FROM store");
        // The index, too: a withdrawn entry that the index does not lead to would stay.
        if (Text("PRAGMA integrity_check(1)") != "ok") throw Damage("its pages contradict each other");
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
