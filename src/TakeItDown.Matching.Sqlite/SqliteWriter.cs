using Microsoft.Data.Sqlite;
namespace TakeItDown.Matching.Sqlite;

/// <summary>The one connection that writes. The caller sees to it that one thread uses it at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteEntries _entries;

    /// <summary>Whether the file or its log may hold what is on no list any more. It may after opening: whoever had it before may have been killed.</summary>
    private bool _isWipeDue = true;

    private SqliteWriter(SqliteDatabase database, int removalLimit)
    {
        _database = database;
        _entries = new SqliteEntries(database, removalLimit);
        Lists = new SqliteLists(database);
        Outbox = new SqliteOutbox(database);
    }

    /// <summary>Tells the file from another that took its place.</summary>
    public long FileId => _database.Id;

    /// <summary>Whether no transaction is under way.</summary>
    public bool IsIdle => _database.IsIdle;

    public SqliteLists Lists { get; }

    public SqliteOutbox Outbox { get; }

    /// <summary>What came over from a damaged file; null where there was none, or this file is not new.</summary>
    public RescuedFeedback? Rescued => _database.Rescued;

    public static SqliteWriter Open(string path, int? pageLimit, int removalLimit = SqliteRemovals.DefaultLimit)
    {
        var database = SqliteDatabase.OpenForWriting(path, pageLimit);
        try
        {
            var writer = new SqliteWriter(database, removalLimit);
            writer.Wipe();
            return writer;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Applies a change in one transaction. Where it throws anything but that the change does not follow, the connection must be closed: that takes back what was begun.</summary>
    public AppliedChange Apply(string list, StoreChange change)
    {
        _database.Execute("BEGIN IMMEDIATE");
        var row = Lists.Find(list);
        if (change.Expected != (row?.Position ?? 0) || change.Generation < Math.Max(row?.Generation ?? 0, 1))
        {
            _database.Execute("ROLLBACK");
            throw new ListConflictException();
        }
        if (row is null)
        {
            Lists.Put(list, StoredRow.Begin());
            row = Lists.Find(list)!;
        }
        var before = row.LastPlace;
        row = row with { Cursor = change.Cursor, CompleteThrough = change.CompleteThrough ?? row.CompleteThrough, Generation = change.Generation };
        var (added, replaced, notesOnly) = _entries.Put(row, change.Upserts);
        long removed = 0;
        foreach (var removal in change.Removals)
        {
            if (_entries.Remove(row, removal)) removed++;
        }
        removed += _entries.RemoveBefore(row, change.DropsBefore);
        if (removed > 0) _entries.TrimRemovals(row);
        // What changes nothing moves on, too, or of two who expect the same both would be let in.
        if (row.LastPlace == before) row.LastPlace++;
        Lists.Put(list, row);
        _database.Execute("COMMIT");
        _isWipeDue |= replaced + removed > 0;
        TryWipe();
        return new AppliedChange(row.Position, new ListChanges(added + replaced, removed) { NotesOnly = notesOnly });
    }

    /// <summary>What changed since a position, as of one instant; null where that is not known.</summary>
    public ListNews? ReadNews(string list, long since, int limit)
    {
        _database.Execute("BEGIN");
        var row = Lists.Find(list);
        ListNews? news = null;
        if (row is not null && since >= row.Origin + row.KnownSince && since <= row.Position)
        {
            var changes = _entries.ReadNews(row, since - row.Origin, limit);
            news = new ListNews(changes, changes.Count == limit ? changes[^1].Position : row.Position);
        }
        _database.Execute("COMMIT");
        return news;
    }

    /// <summary>
    /// Sees to it that what was removed or replaced is neither in the file nor in its log. Where somebody still reads an older state, that
    /// is left to the next time.
    /// </summary>
    /// <remarks>The change is made; what is left to wipe is left to the next time.</remarks>
    public void TryWipe()
    {
        try
        {
            Wipe();
        }
        catch (SqliteException)
        {
            // The next change says what is wrong with the file.
        }
    }

    private void Wipe()
    {
        if (_isWipeDue) _isWipeDue = !_database.TryEmptyLog();
    }

    public void Dispose()
    {
        _entries.Dispose();
        Lists.Dispose();
        Outbox.Dispose();
        _database.Dispose();
    }
}
