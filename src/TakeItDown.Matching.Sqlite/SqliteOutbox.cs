using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>The statements of the outbox, on the connection that writes.</summary>
internal sealed class SqliteOutbox : IDisposable
{
    /// <summary>Reasons stand one a line; places grow with the rows.</summary>
    public const string Schema = """
        CREATE TABLE feedback (
            place INTEGER PRIMARY KEY,
            list TEXT NOT NULL, -- its name: feedback may wait while its list is read anew
            member TEXT NOT NULL,
            id TEXT NOT NULL,
            kind INTEGER NOT NULL,
            reasons TEXT NOT NULL, -- none where the entry is right
            sent INTEGER, -- ticks, UTC; NULL while it waits
            UNIQUE (list, member, id, kind)
        ) STRICT;
        CREATE INDEX feedback_waiting ON feedback (list, place) WHERE sent IS NULL;
        """;

    private const string IsThisWaiting = "list = ?1 AND member = ?2 AND id = ?3 AND kind = ?4 AND reasons = ?5 AND sent IS NULL";

    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _put, _findNext, _markSent, _remove, _count, _forgetSent;

    public SqliteOutbox(SqliteDatabase database)
    {
        _database = database;
        _put = database.Prepare("""
            INSERT INTO feedback (list, member, id, kind, reasons) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (list, member, id, kind) DO UPDATE SET reasons = ?5, sent = NULL WHERE reasons <> ?5
            """);
        _findNext = database.Prepare("SELECT place, member, id, kind, reasons FROM feedback WHERE list = ? AND place > ? AND sent IS NULL ORDER BY place LIMIT 1");
        _markSent = database.Prepare($"UPDATE feedback SET sent = ?6 WHERE {IsThisWaiting}");
        _remove = database.Prepare($"DELETE FROM feedback WHERE {IsThisWaiting}");
        _count = database.Prepare("SELECT count(*) FROM feedback WHERE list = ? AND sent IS NULL");
        _forgetSent = database.Prepare("DELETE FROM feedback WHERE sent < ?");
    }

    public void Put(EntryFeedback feedback)
    {
        Bind(_put, feedback).Run();
    }

    public QueuedFeedback? FindNext(string list, long after)
    {
        _findNext.BindText(1, list).Bind(2, after);
        if (!_findNext.Step()) return null;
        var reasons = Encoding.UTF8.GetString(_findNext.Bytes(4));
        var next = new QueuedFeedback(_findNext.Number(0), new EntryFeedback
        {
            List = list,
            Entry = new EntryKey(Encoding.UTF8.GetString(_findNext.Bytes(1)), Encoding.UTF8.GetString(_findNext.Bytes(2))),
            Kind = (HashKind)_findNext.Number(3),
            Reasons = reasons.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        });
        _findNext.Reset();
        return next;
    }

    public void MarkSent(EntryFeedback feedback, DateTimeOffset time) => Bind(_markSent, feedback).Bind(6, time.UtcTicks).Run();

    public void Remove(EntryFeedback feedback) => Bind(_remove, feedback).Run();

    public long Count(string list)
    {
        _count.BindText(1, list).Step();
        var count = _count.Number(0);
        _count.Reset();
        return count;
    }

    public void ForgetSent(DateTimeOffset before) => _forgetSent.Bind(1, before.UtcTicks).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_put, _findNext, _markSent, _remove, _count, _forgetSent]) statement.Dispose();
    }

    private static SqliteStatement Bind(SqliteStatement statement, EntryFeedback feedback) => statement
        .BindText(1, feedback.List).BindText(2, feedback.Entry.Member).BindText(3, feedback.Entry.Id).Bind(4, (long)feedback.Kind)
        .BindText(5, string.Join('\n', feedback.Reasons));
}
