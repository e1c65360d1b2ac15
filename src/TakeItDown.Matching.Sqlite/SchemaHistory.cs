using System.Buffers.Binary;
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

    private const int BatchLength = 100_000;

    public static void CarryOver(SqliteDatabase database, long version)
    {
        if (version == 1) database.Execute(FromVersion1);
        // Versions 1 and 2 knew no feedback.
        if (version < 3) database.Execute(SqliteOutbox.Schema);
        FromVersion3(database);
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
                lists.Put(name, new StoredRow(0, Encoding.UTF8.GetString(oldLists.Bytes(2)), through, oldLists.Number(4)));
                var row = lists.Find(name)!;
                // How long an entry was unseen nobody counted: for once, say.
                var unseen = row with { Generation = row.Generation - 1 };
                CarryOverEntries(database, oldLists.Number(0), "=", row, entries);
                CarryOverEntries(database, oldLists.Number(0), "<>", unseen, entries);
                (row.Entries, row.Unseen) = (row.Entries + unseen.Entries, unseen.Entries);
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
