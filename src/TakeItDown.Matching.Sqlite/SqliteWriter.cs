using System.Buffers;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>The one connection that writes, with its statements. The caller sees to it that one thread uses it at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _names, _findList, _putList, _find, _put, _delete, _deleteUnseen;
    private readonly ArrayBufferWriter<byte> _name = new(), _member = new(), _id = new(), _cursor = new(), _record = new();

    private SqliteWriter(SqliteDatabase database)
    {
        _database = database;
        _names = database.Prepare("SELECT name FROM lists");
        _findList = database.Prepare("SELECT id, cursor, complete_through, entries, generation, unseen FROM lists WHERE name = ?");
        _putList = database.Prepare("""
            INSERT INTO lists (name, cursor, complete_through, entries, generation, unseen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (name) DO UPDATE SET cursor = ?2, complete_through = ?3, entries = ?4, generation = ?5, unseen = ?6
            """);
        _find = database.Prepare("SELECT generation, record FROM entries WHERE list = ? AND member = ? AND id = ?");
        _put = database.Prepare("INSERT OR REPLACE INTO entries (list, member, id, generation, record) VALUES (?, ?, ?, ?, ?)");
        _delete = database.Prepare("DELETE FROM entries WHERE list = ? AND member = ? AND id = ? RETURNING generation");
        _deleteUnseen = database.Prepare("DELETE FROM entries WHERE list = ? AND generation <> ?");
        Outbox = new SqliteOutbox(database);
    }

    public SqliteOutbox Outbox { get; }

    public static SqliteWriter Open(string path, int? pageLimit)
    {
        var database = SqliteDatabase.OpenForWriting(path, pageLimit);
        try
        {
            return new SqliteWriter(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public List<string> Names()
    {
        var names = new List<string>();
        while (_names.Step()) names.Add(Encoding.UTF8.GetString(_names.Bytes(0)));
        return names;
    }

    public StoredRow? Find(string list)
    {
        _findList.BindText(1, Utf8(list, _name));
        if (!_findList.Step()) return null;
        var row = new StoredRow(
            _findList.Number(0),
            Encoding.UTF8.GetString(_findList.Bytes(1)),
            _findList.IsNull(2) ? null : new DateTimeOffset(_findList.Number(2), TimeSpan.Zero),
            _findList.Number(3),
            _findList.Number(4),
            _findList.Number(5));
        _findList.Reset();
        return row;
    }

    /// <summary>Applies a page in one transaction. Where it throws, the connection must be closed: that takes back what was begun.</summary>
    public ListChanges Apply(string list, ListPage page)
    {
        _database.Execute("BEGIN IMMEDIATE");
        var row = Find(list);
        if (row is null)
        {
            if (!page.StartsOver) throw new ListStoreException($"The store holds nothing of list '{list}', so that a page from its middle cannot be added.");
            row = new StoredRow(0, page.Cursor, CompleteThrough: null, Entries: 0, Generation: 0, Unseen: 0);
            Put(list, row);
            row = Find(list)!;
        }
        if (page.StartsOver) row = row with { Generation = row.Generation + 1, Unseen = row.Entries };

        long added = 0, upserts = 0, removals = 0, unseen = row.Unseen;
        // In the order of the tree, so that neighbours meet on the pages that are in the cache.
        foreach (var entry in page.Upserts.OrderBy(entry => entry.Key.Member, StringComparer.Ordinal).ThenBy(entry => entry.Key.Id, StringComparer.Ordinal))
        {
            var (isNew, isChanged, wasUnseen) = Put(row, entry);
            if (isNew) added++;
            if (isChanged) upserts++;
            if (wasUnseen) unseen--;
        }
        foreach (var key in page.Removals)
        {
            _delete.Bind(1, row.Id).BindText(2, Utf8(key.Member, _member)).BindText(3, Utf8(key.Id, _id));
            while (_delete.Step())
            {
                removals++;
                if (_delete.Number(0) != row.Generation) unseen--;
            }
        }
        if (page.DropsUnseen)
        {
            removals += _deleteUnseen.Bind(1, row.Id).Bind(2, row.Generation).Run();
            unseen = 0;
        }
        Put(list, row with
        {
            Cursor = page.Cursor,
            CompleteThrough = page.CompleteThrough ?? row.CompleteThrough,
            Entries = row.Entries + added - removals,
            Unseen = unseen,
        });
        _database.Execute("COMMIT");
        return new ListChanges(upserts, removals);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_names, _findList, _putList, _find, _put, _delete, _deleteUnseen]) statement.Dispose();
        Outbox.Dispose();
        _database.Dispose();
    }

    private (bool IsNew, bool IsChanged, bool WasUnseen) Put(StoredRow list, ListEntry entry)
    {
        var member = Utf8(entry.Key.Member, _member);
        var id = Utf8(entry.Key.Id, _id);
        EntryRecord.Write(entry, member, id, _record);
        var isKnown = _find.Bind(1, list.Id).BindText(2, member).BindText(3, id).Step();
        var isSame = isKnown && _find.Bytes(1).SequenceEqual(_record.WrittenSpan);
        var isSeen = isKnown && _find.Number(0) == list.Generation;
        if (isKnown) _find.Reset();
        if (!isSame || !isSeen)
            _put.Bind(1, list.Id).BindText(2, member).BindText(3, id).Bind(4, list.Generation).BindBlob(5, _record.WrittenSpan).Run();
        return (!isKnown, !isSame, isKnown && !isSeen);
    }

    private void Put(string list, StoredRow row)
    {
        _putList.BindText(1, Utf8(list, _name)).BindText(2, Utf8(row.Cursor, _cursor));
        if (row.CompleteThrough is { } through) _putList.Bind(3, through.UtcTicks);
        else _putList.BindNull(3);
        _putList.Bind(4, row.Entries).Bind(5, row.Generation).Bind(6, row.Unseen).Run();
    }

    private static ReadOnlySpan<byte> Utf8(string text, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, buffer);
        return buffer.WrittenSpan;
    }
}
