namespace TakeItDown.Matching.Sqlite;

/// <summary>The one connection that writes. The caller sees to it that one thread uses it at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteEntries _entries;

    /// <summary>Whether the file or its log may hold what is on no list any more. It may after opening: whoever had it before may have been killed.</summary>
    private bool _isWipeDue = true;

    private SqliteWriter(SqliteDatabase database)
    {
        _database = database;
        _entries = new SqliteEntries(database);
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

    public static SqliteWriter Open(string path, int? pageLimit)
    {
        var database = SqliteDatabase.OpenForWriting(path, pageLimit);
        try
        {
            var writer = new SqliteWriter(database);
            writer.Wipe();
            return writer;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Applies a page in one transaction. Where it throws anything but that it refuses the page, the connection must be closed: that takes back what was begun.</summary>
    public ListChanges Apply(string list, ListPage page)
    {
        _database.Execute("BEGIN IMMEDIATE");
        var row = Lists.Find(list);
        if (page.Follows is not null && page.Follows != row?.Cursor)
            throw Refuse("The list store holds another state of the list than was read from it: another process writes it, too. The next refresh goes on from there.");
        if (row is null)
        {
            if (!page.StartsOver) throw Refuse($"The store holds nothing of list '{list}', so that a page from its middle cannot be added.");
            Lists.Put(list, new StoredRow(0, page.Cursor, CompleteThrough: null, Generation: 0));
            row = Lists.Find(list)!;
        }
        if (page.StartsOver) row = row with { Generation = row.Generation + 1, Unseen = row.Entries, UnseenTwice = row.Unseen };

        var (added, replaced, notesOnly) = _entries.Put(row, page.Upserts);
        long removed = 0;
        foreach (var removal in page.Removals)
        {
            if (_entries.Remove(row, removal)) removed++;
        }
        removed += _entries.RemoveUnseen(row, page.Unseen);
        Lists.Put(list, row with { Cursor = page.Cursor, CompleteThrough = page.CompleteThrough ?? row.CompleteThrough });
        _database.Execute("COMMIT");
        _isWipeDue |= replaced + removed > 0;
        Wipe();
        return new ListChanges(added + replaced, removed) { NotesOnly = notesOnly };
    }

    /// <summary>
    /// Sees to it that what was removed or replaced is neither in the file nor in its log. Where somebody still reads an older state, that
    /// is left to the next time.
    /// </summary>
    public void Wipe()
    {
        if (_isWipeDue) _isWipeDue = !_database.TryEmptyLog();
    }

    private ListStoreException Refuse(string reason)
    {
        _database.Execute("ROLLBACK");
        return new ListStoreException(reason);
    }

    public void Dispose()
    {
        _entries.Dispose();
        Lists.Dispose();
        Outbox.Dispose();
        _database.Dispose();
    }
}
