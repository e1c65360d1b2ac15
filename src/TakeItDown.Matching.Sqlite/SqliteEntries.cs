using System.Buffers;
using System.Buffers.Binary;

namespace TakeItDown.Matching.Sqlite;

/// <summary>The statements on entries, on the connection that writes.</summary>
internal sealed class SqliteEntries : IDisposable
{
    // Rows lie in the order in which they came, and not in that of their names: the pages of a long list come in no order of names, and each
    // would change the whole file again. Only the index of keys, which is several times as short, is written all over. An entry that changes goes to a
    // new place behind all others: so what is new since a place is what lies behind it.
    public const string Schema = """
        CREATE TABLE entries (
            place INTEGER PRIMARY KEY, -- the list's id times 2^40, and its place on the list
            key BLOB NOT NULL UNIQUE, -- the digest of list, member and id
            generation INTEGER NOT NULL, -- the list's, when a page last brought the entry
            checksum INTEGER NOT NULL, -- of generation, key and record
            record BLOB NOT NULL
        ) STRICT;
        """;

    private readonly SqliteStatement _insert, _find, _see, _move, _delete, _older, _deleteOlder, _next;
    private readonly SqliteRemovals _removals;
    private readonly EntryKeyDigest _digest = new();
    private readonly ArrayBufferWriter<byte> _record = new();

    public SqliteEntries(SqliteDatabase database, int removalLimit = SqliteRemovals.DefaultLimit)
    {
        _removals = new SqliteRemovals(database, removalLimit);
        _insert = database.Prepare("INSERT OR IGNORE INTO entries (place, key, generation, checksum, record) VALUES (?, ?, ?, ?, ?)");
        _find = database.Prepare("SELECT place, generation, record FROM entries WHERE key = ?");
        _see = database.Prepare("UPDATE entries SET generation = ?, checksum = ? WHERE place = ?");
        _move = database.Prepare("UPDATE entries SET place = ?, generation = ?, checksum = ?, record = ? WHERE place = ?");
        _delete = database.Prepare("DELETE FROM entries WHERE key = ? AND generation >= ? RETURNING generation");
        _older = database.Prepare("SELECT key, generation, checksum, record FROM entries WHERE place BETWEEN ? AND ? AND generation < ?");
        _deleteOlder = database.Prepare("DELETE FROM entries WHERE place BETWEEN ? AND ? AND generation < ?");
        _next = database.Prepare("SELECT place, key, generation, checksum, record FROM entries WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?");
    }

    /// <summary>Where the rows of a list lie.</summary>
    public static (long First, long Last) PlacesOf(long list) => (list << 40, ((list + 1) << 40) - 1);

    public static uint ChecksumOf(long generation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record) =>
        Checksum.Begin().Add(generation).Add(key).Add(record).Value;

    /// <summary>Stores entries.</summary>
    /// <returns>How many are new, how many were there, but not like this, and of how many of these only the notes were otherwise.</returns>
    public (long Added, long Replaced, long NotesOnly) Put(StoredRow list, IReadOnlyList<ListEntry> upserts)
    {
        var first = PlacesOf(list.Id).First;
        var count = upserts.Count;
        var keys = ArrayPool<UInt128>.Shared.Rent(count);
        var entries = ArrayPool<ListEntry>.Shared.Rent(count);
        try
        {
            for (var i = 0; i < count; i++) (keys[i], entries[i]) = (_digest.Compute(list.Id, upserts[i].Key), upserts[i]);
            // In the order of the index, so that neighbours meet on the pages that are in the cache.
            keys.AsSpan(0, count).Sort(entries.AsSpan(0, count));

            long added = 0, replaced = 0, notesOnly = 0;
            Span<byte> key = stackalloc byte[EntryKeyDigest.Length];
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteUInt128BigEndian(key, keys[i]);
                EntryRecord.Write(entries[i], _record);
                var place = first + list.LastPlace + 1;
                if (Insert(place, list.Generation, key, _record.WrittenSpan))
                {
                    // At once: the same key may come again, though it should not.
                    list.Generations.Add(list.Generation, 1);
                    added++;
                }
                else if (Replace(list, place, key, _record.WrittenSpan, ref notesOnly)) replaced++;
                else continue;
                list.LastPlace++;
            }
            return (added, replaced, notesOnly);
        }
        finally
        {
            ArrayPool<UInt128>.Shared.Return(keys);
            ArrayPool<ListEntry>.Shared.Return(entries, clearArray: true);
        }
    }

    /// <summary>Removes an entry, if it is of a generation or a higher one.</summary>
    /// <returns>Whether it is removed.</returns>
    public bool Remove(StoredRow list, StoreRemoval removal)
    {
        Span<byte> key = stackalloc byte[EntryKeyDigest.Length];
        BinaryPrimitives.WriteUInt128BigEndian(key, _digest.Compute(list.Id, removal.Key));
        if (!_delete.BindBlob(1, key).Bind(2, removal.Since).Step()) return false;
        list.Generations.Add(_delete.Number(0), -1);
        _delete.Reset();
        _removals.Add(list, KeyDigest.Of(removal.Key));
        return true;
    }

    /// <summary>Removes the entries of lower generations.</summary>
    /// <returns>How many.</returns>
    public long RemoveBefore(StoredRow list, long generation)
    {
        var expected = list.Generations.Before(generation);
        if (expected == 0) return 0;
        var (first, last) = PlacesOf(list.Id);
        if (!_removals.HasRoom(expected)) _removals.Forget(list);
        else
        {
            var pool = new StringPool();
            _older.Bind(1, first).Bind(2, last).Bind(3, generation);
            while (_older.Step()) _removals.Add(list, KeyDigest.Of(ReadRow(_older, 0, pool).Key));
        }
        var removed = _deleteOlder.Bind(1, first).Bind(2, last).Bind(3, generation).Run();
        if (removed != expected) throw SqliteDatabase.Damage("other entries are of a generation than were counted");
        list.Generations.DropBefore(generation);
        return removed;
    }

    /// <summary>Sees to it that no more removals are kept than there is room for.</summary>
    public void TrimRemovals(StoredRow list) => _removals.Trim(list);

    /// <summary>What changed behind a place of a list.</summary>
    public List<EntryChange> ReadNews(StoredRow list, long after, int limit)
    {
        var removals = _removals.Read(list, after, limit);
        var (changes, pool, next) = (new List<EntryChange>(), new StringPool(), 0);
        var (first, last) = PlacesOf(list.Id);
        _next.Bind(1, first + after + 1).Bind(2, last).Bind(3, limit);
        while (_next.Step())
        {
            var position = list.Origin + _next.Number(0) - first;
            for (; next < removals.Count && removals[next].Position < position; next++) changes.Add(removals[next]);
            changes.Add(EntryChange.Upserted(position, ReadRow(_next, 1, pool)));
        }
        changes.AddRange(removals.Skip(next));
        if (changes.Count > limit) changes.RemoveRange(limit, changes.Count - limit);
        return changes;
    }

    /// <summary>Reads the entry of a row, and makes sure that it is as it was written.</summary>
    /// <param name="row">The statement at the row.</param>
    /// <param name="column">Where key, generation, checksum and record begin.</param>
    /// <param name="pool">Gives one string for equal texts.</param>
    public static ListEntry ReadRow(SqliteStatement row, int column, StringPool pool)
    {
        var record = row.Bytes(column + 3);
        if (row.Number(column + 2) != ChecksumOf(row.Number(column + 1), row.Bytes(column), record)) throw SqliteDatabase.Damage("an entry is not as it was written");
        return EntryRecord.Read(record, pool);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_insert, _find, _see, _move, _delete, _older, _deleteOlder, _next]) statement.Dispose();
        _removals.Dispose();
        _digest.Dispose();
    }

    /// <summary>Puts an entry that is not there yet.</summary>
    /// <returns>False where it is.</returns>
    private bool Insert(long place, long generation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record) =>
        _insert.Bind(1, place).BindBlob(2, key).Bind(3, generation).Bind(4, ChecksumOf(generation, key, record)).BindBlob(5, record).Run() > 0;

    /// <summary>Sees to it that an entry that is there is as it should be, and of the list's generation.</summary>
    /// <returns>Whether it was otherwise, and was moved to the new place.</returns>
    private bool Replace(StoredRow list, long newPlace, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ref long notesOnly)
    {
        if (!_find.BindBlob(1, key).Step()) throw SqliteDatabase.Damage("an entry is in the index alone");
        var (place, generation, isChanged) = (_find.Number(0), _find.Number(1), !_find.Bytes(2).SequenceEqual(record));
        if (isChanged && EntryRecord.WithoutNotes(_find.Bytes(2)).SequenceEqual(EntryRecord.WithoutNotes(record))) notesOnly++;
        _find.Reset();
        var checksum = ChecksumOf(list.Generation, key, record);
        if (isChanged) _move.Bind(1, newPlace).Bind(2, list.Generation).Bind(3, checksum).BindBlob(4, record).Bind(5, place).Run();
        else if (generation != list.Generation) _see.Bind(1, list.Generation).Bind(2, checksum).Bind(3, place).Run();
        list.Generations.Add(generation, -1);
        list.Generations.Add(list.Generation, 1);
        return isChanged;
    }
}
