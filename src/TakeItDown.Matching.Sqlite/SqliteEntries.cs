using System.Buffers;
using System.Buffers.Binary;

namespace TakeItDown.Matching.Sqlite;

/// <summary>The statements on entries, on the connection that writes.</summary>
internal sealed class SqliteEntries : IDisposable
{
    // Rows lie in the order in which they came, and not in that of their names: the pages of a long list come in no order of names, and each
    // would change the whole file again. Only the index of keys, which is several times as short, is written all over.
    public const string Schema = """
        CREATE TABLE entries (
            place INTEGER PRIMARY KEY, -- the list's id times 2^40, and a count
            key BLOB NOT NULL UNIQUE, -- the digest of list, member and id
            generation INTEGER NOT NULL, -- the list's, when a page last brought the entry
            checksum INTEGER NOT NULL, -- of generation, key and record
            record BLOB NOT NULL
        ) STRICT;
        """;

    private readonly SqliteStatement _lastPlace, _insert, _find, _update, _delete, _deleteOlder;
    private readonly EntryKeyDigest _digest = new();
    private readonly ArrayBufferWriter<byte> _record = new();

    public SqliteEntries(SqliteDatabase database)
    {
        _lastPlace = database.Prepare("SELECT max(place) FROM entries WHERE place BETWEEN ? AND ?");
        _insert = database.Prepare("INSERT OR IGNORE INTO entries (place, key, generation, checksum, record) VALUES (?, ?, ?, ?, ?)");
        _find = database.Prepare("SELECT place, generation, record FROM entries WHERE key = ?");
        _update = database.Prepare("UPDATE entries SET generation = ?, checksum = ?, record = ? WHERE place = ?");
        _delete = database.Prepare("DELETE FROM entries WHERE key = ? AND generation >= ? RETURNING generation");
        _deleteOlder = database.Prepare("DELETE FROM entries WHERE place BETWEEN ? AND ? AND generation < ?");
    }

    /// <summary>Where the rows of a list lie.</summary>
    public static (long First, long Last) PlacesOf(long list) => (list << 40, ((list + 1) << 40) - 1);

    public static uint ChecksumOf(long generation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record) =>
        Checksum.Begin().Add(generation).Add(key).Add(record).Value;

    /// <summary>Stores entries.</summary>
    /// <returns>How many are new, how many were there, but not like this, and of how many of these only the notes were otherwise.</returns>
    public (long Added, long Replaced, long NotesOnly) Put(StoredRow list, IReadOnlyList<ListEntry> upserts)
    {
        var count = upserts.Count;
        var keys = ArrayPool<UInt128>.Shared.Rent(count);
        var entries = ArrayPool<ListEntry>.Shared.Rent(count);
        try
        {
            for (var i = 0; i < count; i++) (keys[i], entries[i]) = (_digest.Compute(list.Id, upserts[i].Key), upserts[i]);
            // In the order of the index, so that neighbours meet on the pages that are in the cache.
            keys.AsSpan(0, count).Sort(entries.AsSpan(0, count));

            long place = NextPlace(list.Id), added = 0, replaced = 0, notesOnly = 0;
            Span<byte> key = stackalloc byte[EntryKeyDigest.Length];
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteUInt128BigEndian(key, keys[i]);
                EntryRecord.Write(entries[i], _record);
                if (Insert(place + added, list.Generation, key, _record.WrittenSpan)) added++;
                else if (Replace(list, key, _record.WrittenSpan, ref notesOnly)) replaced++;
            }
            list.Entries += added;
            return (added, replaced, notesOnly);
        }
        finally
        {
            ArrayPool<UInt128>.Shared.Return(keys);
            ArrayPool<ListEntry>.Shared.Return(entries, clearArray: true);
        }
    }

    /// <summary>Removes an entry; one that was not withdrawn and is unseen stays so.</summary>
    /// <returns>Whether it is removed.</returns>
    public bool Remove(StoredRow list, ListRemoval removal)
    {
        Span<byte> key = stackalloc byte[EntryKeyDigest.Length];
        BinaryPrimitives.WriteUInt128BigEndian(key, _digest.Compute(list.Id, removal.Key));
        if (!_delete.BindBlob(1, key).Bind(2, removal.IsWithdrawn ? 0 : list.Generation).Step()) return false;
        list.See(_delete.Number(0));
        list.Entries--;
        _delete.Reset();
        return true;
    }

    /// <summary>Removes entries that were unseen.</summary>
    /// <returns>How many.</returns>
    public long RemoveUnseen(StoredRow list, UnseenEntries which)
    {
        if (which == UnseenEntries.Kept) return 0;
        var (first, last) = PlacesOf(list.Id);
        var removed = _deleteOlder.Bind(1, first).Bind(2, last).Bind(3, which == UnseenEntries.DroppedIfTwice ? list.Generation - 1 : list.Generation).Run();
        if (removed != (which == UnseenEntries.Dropped ? list.Unseen : list.UnseenTwice)) throw SqliteDatabase.Damage("other entries are unseen than were counted");
        list.Entries -= removed;
        list.Unseen -= removed;
        list.UnseenTwice = 0;
        return removed;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_lastPlace, _insert, _find, _update, _delete, _deleteOlder]) statement.Dispose();
        _digest.Dispose();
    }

    private long NextPlace(long list)
    {
        var (first, last) = PlacesOf(list);
        _lastPlace.Bind(1, first).Bind(2, last).Step();
        var next = _lastPlace.NumberOrNull(0) + 1 ?? first;
        _lastPlace.Reset();
        return next;
    }

    /// <summary>Puts an entry that is not there yet.</summary>
    /// <returns>False where it is.</returns>
    private bool Insert(long place, long generation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record) =>
        _insert.Bind(1, place).BindBlob(2, key).Bind(3, generation).Bind(4, ChecksumOf(generation, key, record)).BindBlob(5, record).Run() > 0;

    /// <summary>Sees to it that an entry that is there is as it should be, and of the list's generation.</summary>
    /// <returns>Whether it was otherwise.</returns>
    private bool Replace(StoredRow list, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ref long notesOnly)
    {
        if (!_find.BindBlob(1, key).Step()) throw SqliteDatabase.Damage("an entry is in the index alone");
        var (place, generation, isChanged) = (_find.Number(0), _find.Number(1), !_find.Bytes(2).SequenceEqual(record));
        if (isChanged && EntryRecord.WithoutNotes(_find.Bytes(2)).SequenceEqual(EntryRecord.WithoutNotes(record))) notesOnly++;
        _find.Reset();
        if (isChanged || generation != list.Generation)
            _update.Bind(1, list.Generation).Bind(2, ChecksumOf(list.Generation, key, record)).BindBlob(3, record).Bind(4, place).Run();
        list.See(generation);
        return isChanged;
    }
}
