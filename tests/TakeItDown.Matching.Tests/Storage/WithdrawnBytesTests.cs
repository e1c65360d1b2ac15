using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Lists;
using static TakeItDown.Matching.Tests.Storage.StorePages;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>The promise that a withdrawn hash is wiped, looked for in the bytes of the files.</summary>
public sealed class WithdrawnBytesTests : IDisposable
{
    private const string PathVariable = "TAKEITDOWN_TEST_WIPED_STORE";

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_withdrawn_hash_is_in_no_file_once_its_page_is_stored()
    {
        using var store = await FilledAsync();
        Assert.NotEmpty(Holding(7));

        await store.ApplyAsync("list", Page("2", [], [7, 8]));

        Assert.All([7, 8], number => Assert.Empty(Holding(number)));
        Assert.All([6, 9, 500], number => Assert.NotEmpty(Holding(number)));
    }

    [Fact]
    public async Task Nor_is_one_that_had_come_to_the_file_before()
    {
        (await FilledAsync()).Dispose();
        Assert.Equal(["store.db"], Holding(7));
        using var store = new SqliteListStore(Path);

        await store.ApplyAsync("list", Page("2", [], [7]));

        Assert.Empty(Holding(7));
        Assert.NotEmpty(Holding(8));
    }

    [Fact]
    public async Task Nor_is_one_in_the_place_of_which_another_came()
    {
        using var store = await FilledAsync();

        await store.ApplyAsync("list", new ListPage { Upserts = [Entry(7, version: 1)], Cursor = "2" });

        Assert.Empty(Holding(7));
        Assert.NotEmpty(FileBytes.Holding(_folder, Hash(7, version: 1).Bytes));
    }

    [Fact]
    public async Task Nor_is_one_that_a_reading_from_the_beginning_did_not_bring()
    {
        using var store = await FilledAsync();

        await store.ApplyAsync("list", Page("2", [1, 2], startsOver: true));
        Assert.NotEmpty(Holding(7));
        await store.ApplyAsync("list", new ListPage { Cursor = "3" }, UnseenEntries.Dropped);

        Assert.All([7, 8, 999], number => Assert.Empty(Holding(number)));
        Assert.NotEmpty(Holding(1));
    }

    [Fact]
    public async Task Nor_is_a_long_entry_that_has_pages_of_its_own()
    {
        using var store = await FilledAsync();
        HashValue[] frames = [.. Enumerable.Range(10_000, 3000).Select(number => Hash(number))];
        await store.ApplyAsync("list", new ListPage { Upserts = [new() { Key = Key(7), Media = MediaKind.Video, Hashes = frames }], Cursor = "2" });
        Assert.NotEmpty(FileBytes.Holding(_folder, frames[2999].Bytes));

        await store.ApplyAsync("list", Page("3", [], [7]));

        Assert.All([0, 1, 500, 1500, 2999], frame => Assert.Empty(FileBytes.Holding(_folder, frames[frame].Bytes)));
    }

    [Fact]
    public async Task While_the_list_is_read_it_stays_and_is_wiped_when_that_ends()
    {
        using var store = await FilledAsync();
        await using (var reading = store.ReadEntriesAsync("list").GetAsyncEnumerator(TestContext.Current.CancellationToken))
        {
            Assert.True(await reading.MoveNextAsync());
            await store.ApplyAsync("list", Page("2", [], [7]));
            // The reader may still come to it.
            Assert.NotEmpty(Holding(7));
        }
        Assert.Empty(Holding(7));
    }

    [Fact]
    public async Task Where_another_process_reads_the_next_page_wipes_it()
    {
        using var store = await FilledAsync();
        await using (await ReadElsewhereAsync())
        {
            await store.ApplyAsync("list", Page("2", [], [7]));
            Assert.NotEmpty(Holding(7));
        }
        // A refresh that brings nothing stores its cursor all the same.
        await store.ApplyAsync("list", new ListPage { Cursor = "3" });
        Assert.Empty(Holding(7));
    }

    [Fact]
    public async Task After_a_kill_that_came_before_it_was_wiped_the_next_start_wipes_it()
    {
        (await FilledAsync()).Dispose();
        await using (await ReadElsewhereAsync())
        {
            using var withdrawal = KilledProcess.Start(typeof(WithdrawnBytesTests), nameof(Withdrawal), (PathVariable, Path));
            while (!File.Exists(Path + ".withdrawn"))
            {
                Assert.False(withdrawal.HasExited, "the withdrawal ended by itself");
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
            withdrawal.Kill();
            await withdrawal.WaitForExitAsync(TestContext.Current.CancellationToken);
            // So that nobody who closes the file tidies up for it.
            File.Copy(Path, _folder.File("killed.db"));
            File.Copy(Path + "-wal", _folder.File("killed.db-wal"));
        }
        File.Delete(Path);
        File.Move(_folder.File("killed.db"), Path);
        File.Move(_folder.File("killed.db-wal"), Path + "-wal");
        Assert.NotEmpty(Holding(7));

        using var store = new SqliteListStore(Path);
        Assert.Equal(999, (await store.FindAsync("list"))!.Entries);

        Assert.Empty(Holding(7));
        Assert.NotEmpty(Holding(8));
    }

    [Fact]
    public async Task Copies_that_rows_leave_where_they_are_moved_about_are_wiped_at_the_next_start()
    {
        var random = new Random(7);
        var live = new Dictionary<int, HashValue[]>();
        var gone = new List<HashValue>();
        var next = 0;
        using (var store = new SqliteListStore(Path))
        {
            for (var round = 0; round < 16; round++)
            {
                var removed = live.Keys.Where(_ => random.Next(100) < 3).ToList();
                foreach (var number in removed)
                {
                    live.Remove(number, out var hashes);
                    gone.AddRange(hashes!);
                }
                for (var i = round == 0 ? 3000 : 200; i > 0; i--)
                    live.Add(next++, [.. Enumerable.Range(0, random.Next(100) < 98 ? random.Next(1, 4) : random.Next(4, 900)).Select(_ => AnyHash(random))]);
                // Now and then all of it is read again, which brings each row up to date.
                var upserts = round % 4 == 3 ? live : live.Where(entry => entry.Key >= next - 200);
                await store.ApplyAsync("list", new ListPage
                {
                    Upserts = [.. upserts.Select(entry => new ListEntry { Key = Key(entry.Key), Media = MediaKind.Video, Hashes = entry.Value })],
                    Removals = [.. removed.Select(number => new ListRemoval(Key(number)))],
                    StartsOver = round % 4 == 0,
                    Cursor = $"{round}",
                });
            }
        }
        // As a start does: what is in use cannot be searched through.
        using (var store = new SqliteListStore(Path)) Assert.Equal(live.Count, (await AnyList.ContentAsync(store, "list")).Count);
        var bytes = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        var beginnings = new HashSet<ulong>();
        for (var at = 0; at <= bytes.Length - sizeof(ulong); at++) beginnings.Add(BitConverter.ToUInt64(bytes, at));

        Assert.All(live.Values, hashes => Assert.Contains(BitConverter.ToUInt64(hashes[0].Bytes), beginnings));
        var left = gone.Count(hash => beginnings.Contains(BitConverter.ToUInt64(hash.Bytes)));
        Assert.True(left == 0, $"{left} of {gone.Count} hashes of withdrawn entries are still in the file");
    }

    private static HashValue AnyHash(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return HashValue.FromBytes(HashKind.Pdq, bytes);
    }

    /// <summary>Not a test: the process that is killed. It withdraws an entry while another process reads.</summary>
    [Fact(Explicit = true)]
    public async Task Withdrawal()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "only the test above starts the withdrawal");
        using var store = new SqliteListStore(path!);
        await store.ApplyAsync("list", Page("2", [], [7]));
        await File.WriteAllBytesAsync(path + ".withdrawn", []);
        await Task.Delay(Timeout.Infinite);
    }

    private async Task<SqliteListStore> FilledAsync()
    {
        var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page("1", Enumerable.Range(0, 1000), startsOver: true));
        return store;
    }

    /// <summary>Reads as another process would, on a connection that the store knows nothing of.</summary>
    private async Task<SqliteConnection> ReadElsewhereAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; SELECT count(*) FROM entries";
        await command.ExecuteScalarAsync();
        return connection;
    }

    private string[] Holding(int number) => FileBytes.Holding(_folder, Hash(number).Bytes);
}
