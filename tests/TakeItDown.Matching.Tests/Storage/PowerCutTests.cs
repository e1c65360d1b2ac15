using Microsoft.Data.Sqlite;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>What a power cut may take back depends on when the connection that writes waits for the disk: <c>PRAGMA synchronous</c>, asked within each write.</summary>
public sealed class PowerCutTests : IDisposable
{
    private const int Full = 2;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_is_written_waits_for_the_disk()
    {
        using var store = new SqliteListStore(Path);
        IFeedbackOutbox outbox = store;
        var word = new EntryFeedback { List = "list", Entry = StorePages.Key(1), Kind = HashKind.Md5, Reasons = ["a"] };
        await outbox.CountAsync("list");
        Execute("CREATE TABLE seen (what TEXT, synchronous INTEGER)");
        foreach (var (table, change) in ((string, string)[])[("feedback", "INSERT"), ("feedback", "UPDATE"), ("entries", "INSERT"), ("lists", "UPDATE")])
            Execute($"CREATE TRIGGER watch_{table}_{change} AFTER {change} ON {table} BEGIN INSERT INTO seen SELECT '{change} {table}', synchronous FROM pragma_synchronous; END");

        await store.ApplyAsync("list", StorePages.Page("1", [1], startsOver: true));
        await outbox.PutAsync(word);
        await outbox.PutAsync(new EntryFeedback { List = "list", Entry = word.Entry, Kind = HashKind.Md5, Reasons = ["b"] });
        await store.ApplyAsync("list", StorePages.Page("2", [2]));

        Assert.Equal(
            [
                ("INSERT entries", Full), ("UPDATE lists", Full), ("INSERT feedback", Full), ("UPDATE feedback", Full), ("INSERT entries", Full), ("UPDATE lists", Full),
            ],
            Seen());
    }

    [Fact]
    public async Task The_file_keeps_a_write_ahead_log_so_that_readers_and_the_writer_never_wait_for_one_another()
    {
        using var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", StorePages.Page("1", [1], startsOver: true));
        await using var reading = store.ReadEntriesAsync("list").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await reading.MoveNextAsync());

        await store.ApplyAsync("list", StorePages.Page("2", [], [1]));

        Assert.False(await reading.MoveNextAsync());
        Assert.Equal("wal", Query("PRAGMA journal_mode").Single().Item1);
    }

    private List<(string, int)> Seen() => Query("SELECT what, synchronous FROM seen ORDER BY rowid");

    private List<(string, int)> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        using var row = command.ExecuteReader();
        var rows = new List<(string, int)>();
        while (row.Read()) rows.Add((row.GetString(0), row.FieldCount > 1 ? row.GetInt32(1) : 0));
        return rows;
    }

    private void Execute(string sql) => Query(sql);
}
