using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Registry.Storage;

/// <summary>
/// The registry's one SQLite file. All work goes through one connection, one transaction at a time: every read of the list is audited and
/// so writes, and a page takes milliseconds. It also makes closed windows exact, see <see cref="RegistryStore"/>.
/// </summary>
internal sealed class RegistryDatabase : IDisposable
{
    private readonly Lock _turn = new();
    private readonly SqliteConnection _connection;

    public RegistryDatabase(IOptions<RegistryOptions> options)
    {
        var path = Path.GetFullPath(options.Value.Database);
        KeepPrivate(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute(Schema);
        UpgradeReads();
        UpgradeCases();
        // Whoever had the file before may have been killed before it came to this.
        ForgetDeleted();
    }

    /// <summary>Does work in a transaction of its own, which is undone if the work throws.</summary>
    public T InTransaction<T>(Func<SqliteConnection, T> work)
    {
        lock (_turn)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(_connection);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Leaves nothing of what was deleted in the write-ahead log either.</summary>
    public void ForgetDeleted()
    {
        lock (_turn) Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>A database of before has no record of which entries a page held, so who has read a case is known from the upgrade on.</summary>
    private void UpgradeReads()
    {
        using var columns = _connection.Command("SELECT count(*) FROM pragma_table_info('reads') WHERE name = 'first'", []);
        if ((long)columns.ExecuteScalar()! == 0) Execute("ALTER TABLE reads ADD COLUMN first INTEGER; ALTER TABLE reads ADD COLUMN last INTEGER;");
        Execute("CREATE INDEX IF NOT EXISTS reads_by_entries ON reads (first, last) WHERE first IS NOT NULL");
    }

    /// <summary>A database of before kept withdrawn cases' numbers beside their tombstones, and the time. Which were whose is lost with that, to their owners, too.</summary>
    private void UpgradeCases()
    {
        using var columns = _connection.Command("SELECT count(*) FROM pragma_table_info('cases') WHERE name = 'sealed'", []);
        if ((long)columns.ExecuteScalar()! > 0) return;
        Execute("""
            BEGIN;
            ALTER TABLE cases ADD COLUMN sealed BLOB;
            ALTER TABLE entries ADD COLUMN stands_since INTEGER;
            UPDATE cases SET withdrawn = 1 WHERE withdrawn IS NOT NULL;
            UPDATE entries SET case_number = NULL WHERE deleted = 1 AND case_number IS NOT NULL;
            COMMIT;
            """);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>SQLite gives its log files the mode of the database, so the file is made before SQLite would.</summary>
    private static void KeepPrivate(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerOnly })) { }
        File.SetUnixFileMode(path, OwnerOnly);
    }

    // secure_delete overwrites the hashes of a withdrawn entry with zeros; 64 MB of cache let a large list be put in without thrashing.
    // Times are whole Unix seconds.
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA secure_delete = ON;
        PRAGMA cache_size = -65536;
        CREATE TABLE IF NOT EXISTS cases (
            number TEXT PRIMARY KEY, secret_digest BLOB NOT NULL, submitted INTEGER NOT NULL, withdrawn INTEGER, sealed BLOB) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS entries (
            sequence INTEGER PRIMARY KEY, member INTEGER NOT NULL, id TEXT NOT NULL, media INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
            changed INTEGER NOT NULL, classification TEXT, hashes BLOB NOT NULL, case_number TEXT, stands_since INTEGER, UNIQUE (member, id));
        CREATE INDEX IF NOT EXISTS entries_by_time ON entries (changed);
        CREATE INDEX IF NOT EXISTS entries_by_case ON entries (case_number) WHERE case_number IS NOT NULL;
        CREATE TABLE IF NOT EXISTS feedback (
            sequence INTEGER NOT NULL, fingerprint TEXT NOT NULL, member INTEGER NOT NULL, given INTEGER NOT NULL, reasons TEXT NOT NULL,
            PRIMARY KEY (sequence, fingerprint, member)) WITHOUT ROWID;
        CREATE TRIGGER IF NOT EXISTS feedback_is_of_hashes AFTER UPDATE OF hashes ON entries WHEN old.hashes <> new.hashes
            BEGIN DELETE FROM feedback WHERE sequence = old.sequence; END;
        CREATE TABLE IF NOT EXISTS reads (
            at INTEGER NOT NULL, user TEXT NOT NULL, member INTEGER NOT NULL, after INTEGER NOT NULL, until INTEGER NOT NULL,
            start INTEGER NOT NULL, entries INTEGER NOT NULL, first INTEGER, last INTEGER);
        """;
}
