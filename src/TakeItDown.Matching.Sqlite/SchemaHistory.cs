using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>Brings a file of an earlier version up to date, within a transaction.</summary>
internal static class SchemaHistory
{
    /// <summary>Version 1 noted whether a list was being read from its beginning, and version 2 how many entries are yet to be seen.</summary>
    private const string FromVersion1 = """
        ALTER TABLE lists ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;
        UPDATE lists SET unseen = (SELECT count(*) FROM entries WHERE list = lists.id AND entries.generation <> lists.generation) WHERE starting_over;
        ALTER TABLE lists DROP COLUMN starting_over;
        """;

    private const string ListsFromVersion5 = """
        ALTER TABLE lists ADD COLUMN generations BLOB NOT NULL DEFAULT x'';
        ALTER TABLE lists ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lists ADD COLUMN last_place INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lists ADD COLUMN known_since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE lists DROP COLUMN entries;
        ALTER TABLE lists DROP COLUMN unseen;
        ALTER TABLE lists DROP COLUMN unseen_twice;
        """;

    private const int BatchLength = 100_000;

    public static void CarryOver(SqliteDatabase database, long version)
    {
        if (version == 1) database.Execute(FromVersion1);
        // Versions 1 and 2 knew no feedback.
        if (version < 3) database.Execute(SqliteOutbox.Schema);
        // None before version 6 told what is new.
        database.Execute(SqliteRemovals.Schema);
        // Version 5 has entries of which the registry says more, and those of version 4 are as they were.
        if (version < 4) FromVersion3(database);
        else FromVersion5(database);
    }

    /// <summary>Version 5 counted the entries that were of the generation before, or of an earlier one. Entries stay where they are.</summary>
    private static void FromVersion5(SqliteDatabase database)
    {
        var rows = ReadVersion5(database);
        database.Execute(ListsFromVersion5);
        using var lists = new SqliteLists(database);
        foreach (var (name, row) in rows) lists.Put(name, row);
    }

    private static List<(string Name, StoredRow Row)> ReadVersion5(SqliteDatabase database)
    {
        var rows = new List<(string, StoredRow)>();
        using var lists = database.Prepare("SELECT id, name, cursor, complete_through, generation, entries, unseen, unseen_twice, checksum FROM lists");
        using var entries = database.Prepare("SELECT generation, count(*), max(place) FROM entries WHERE place BETWEEN ? AND ? GROUP BY generation");
        while (lists.Step())
        {
            ReadOnlySpan<long> numbers = [lists.Number(3), lists.Number(4), lists.Number(5), lists.Number(6), lists.Number(7)];
            if (lists.Number(8) != Checksum.Begin().Add(lists.Bytes(2)).Add(MemoryMarshal.AsBytes(numbers)).Value) throw SqliteDatabase.Damage("what it knows of a list is not as it was written");
            DateTimeOffset? through = lists.NumberOrNull(3) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            var row = StoredRow.Begin() with { Id = lists.Number(0), Cursor = Encoding.UTF8.GetString(lists.Bytes(2)), CompleteThrough = through, Generation = numbers[1] };
            var (first, last) = SqliteEntries.PlacesOf(row.Id);
            entries.Bind(1, first).Bind(2, last);
            while (entries.Step())
            {
                row.Generations.Add(entries.Number(0), entries.Number(1));
                row.LastPlace = Math.Max(row.LastPlace, entries.Number(2) - first);
            }
            if (row.Entries != numbers[2]) throw SqliteDatabase.Damage("entries are missing");
            row.KnownSince = row.LastPlace;
            rows.Add((Encoding.UTF8.GetString(lists.Bytes(1)), row));
        }
        return rows;
    }

    /// <summary>Version 3 kept entries in the order of their names, with a checksum of the record and the names, and none for lists.</summary>
    private static void FromVersion3(SqliteDatabase database)
    {
        database.Execute("ALTER TABLE lists RENAME TO old_lists; ALTER TABLE entries RENAME TO old_entries;" + SqliteLists.Schema + SqliteEntries.Schema);
        using (var lists = new SqliteLists(database))
        using (var entries = new SqliteEntries(database))
        using (var oldLists = database.Prepare("SELECT id, name, cursor, complete_through, generation, entries FROM old_lists ORDER BY id"))
        {
            while (oldLists.Step())
            {
                var name = Encoding.UTF8.GetString(oldLists.Bytes(1));
                var ticks = oldLists.NumberOrNull(3);
                if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks) throw SqliteDatabase.Damage("a time cannot be");
                DateTimeOffset? through = ticks is null ? null : new DateTimeOffset(ticks.Value, TimeSpan.Zero);
                lists.Put(name, StoredRow.Begin() with { Cursor = Encoding.UTF8.GetString(oldLists.Bytes(2)), CompleteThrough = through, Generation = oldLists.Number(4) });
                var row = lists.Find(name)!;
                CarryOverEntries(database, oldLists.Number(0), "=", row, entries);
                // How long an entry was unseen nobody counted: for once, say.
                var unseen = row with { Generation = row.Generation - 1 };
                CarryOverEntries(database, oldLists.Number(0), "<>", unseen, entries);
                row.LastPlace = row.KnownSince = unseen.LastPlace;
                if (row.Entries != oldLists.Number(5)) throw SqliteDatabase.Damage("entries are missing");
                lists.Put(name, row);
            }
        }
        database.Execute("DROP TABLE old_entries; DROP TABLE old_lists;");
    }

    /// <summary>Carries over the entries of a list that are of its generation, or are not.</summary>
    private static void CarryOverEntries(SqliteDatabase database, long oldList, string comparison, StoredRow list, SqliteEntries entries)
    {
        using var rows = database.Prepare($"SELECT member, id, record FROM old_entries WHERE list = ?1 AND generation {comparison} (SELECT generation FROM old_lists WHERE id = ?1)").Bind(1, oldList);
        var (pool, batch) = (new StringPool(), new List<ListEntry>());
        while (rows.Step())
        {
            var member = rows.Bytes(0);
            var id = rows.Bytes(1);
            var record = rows.Bytes(2);
            if (record.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(record) != Checksum.Begin().Add((uint)member.Length).Add(member).Add(id).Add(record[4..]).Value)
                throw SqliteDatabase.Damage("an entry is not as it was written");
            batch.Add(EntryRecord.ReadContent(new EntryKey(pool.Get(member), Encoding.UTF8.GetString(id)), record[4..], pool));
            if (batch.Count < BatchLength) continue;
            entries.Put(list, batch);
            batch.Clear();
        }
        entries.Put(list, batch);
    }
}
