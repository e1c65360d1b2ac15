using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using static TakeItDown.Matching.Tests.Storage.StorePages;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A change is taken only where the store holds what it follows: two processes that write one list cannot mix their changes.</summary>
public sealed class FollowsTests : IDisposable
{
    private const string PathVariable = "TAKEITDOWN_TEST_SHARED_STORE";
    private const int Steps = 200;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, string> Others
    {
        get
        {
            var others = new TheoryData<bool, string>();
            foreach (var isSqlite in (bool[])[true, false])
            {
                foreach (var other in (string[])["before", "after", "none", "of another list", "the least", "the greatest", "an earlier generation", "no generation"]) others.Add(isSqlite, other);
            }
            return others;
        }
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public async Task A_change_that_follows_anything_else_is_refused_and_changes_nothing(bool isSqlite, string other)
    {
        var store = Open(isSqlite);
        using var closing = store as IDisposable;
        await store.ApplyAsync("list", Page("1", [1, 2, 3], startsOver: true));
        await store.ApplyAsync("list", Page("2", [1, 2, 3, 4], startsOver: true));
        await store.ApplyAsync("another", Page("of another list", [1], startsOver: true));
        var before = (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list")));
        var (position, generation) = (before.Item1!.Position, before.Item1.Generation);
        Assert.Equal(2, generation);
        (position, generation) = other switch
        {
            "before" => (position - 1, generation),
            "after" => (position + 1, generation),
            "none" => (0, generation),
            "of another list" => ((await store.FindAsync("another"))!.Position, generation),
            "the least" => (long.MinValue, generation),
            "the greatest" => (long.MaxValue, generation),
            "an earlier generation" => (position, 1),
            _ => (position, 0),
        };

        foreach (var change in (StoreChange[])
        [
            new() { Expected = position, Generation = generation, Cursor = "next", Upserts = [Entry(5)], Removals = [new(Key(1))] },
            new() { Expected = position, Generation = generation, Cursor = "next", DropsBefore = 3 },
            new() { Expected = position, Generation = generation, Cursor = "next", CompleteThrough = DateTimeOffset.UnixEpoch },
        ])
        {
            await Assert.ThrowsAsync<ListConflictException>(async () => await store.ApplyAsync("list", change));
        }

        Assert.Equal(before, (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list"))));
        await store.ApplyAsync("list", Page("next", [5], [1]));
        Assert.Equal(new StoredState("next", null, 4, 0), await store.StateAsync("list"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, -1)]
    [InlineData(false, 1)]
    [InlineData(false, -1)]
    public async Task Nothing_follows_a_list_that_is_not_there_but_its_beginning(bool isSqlite, long expected)
    {
        var store = Open(isSqlite);
        using var closing = store as IDisposable;

        foreach (var generation in (long[])[0, 1, 2])
        {
            await Assert.ThrowsAsync<ListConflictException>(async () =>
                await store.ApplyAsync("list", new StoreChange { Expected = expected, Generation = generation, Cursor = "1", Upserts = [Entry(1)] }));
        }

        Assert.Null(await store.FindAsync("list"));
        Assert.Empty(await store.GetNamesAsync());
        await store.ApplyAsync("list", Page("1", [1], startsOver: true));
        Assert.Equal(1, (await store.FindAsync("list"))!.Entries);
    }

    [Fact]
    public async Task Of_two_connections_the_one_that_comes_second_is_refused_and_reads_again()
    {
        using var first = new SqliteListStore(Path);
        using var second = new SqliteListStore(Path);
        await first.ApplyAsync("list", Page("1", [1, 2], startsOver: true));
        var read = await second.FindAsync("list");
        Assert.Equal("1", read!.Cursor);
        await second.ApplyAsync("list", Page("2 of second", [3]));

        await Assert.ThrowsAsync<ListConflictException>(async () => await first.ApplyAsync("list", Page("2 of first", [], [3, 1]).ToChange("2 of first", read.Position, read.Generation)));

        Assert.Equal(new StoredState("2 of second", null, 3, 0), await first.StateAsync("list"));
        Assert.Equal(await AnyList.ContentAsync(first, "list"), await AnyList.ContentAsync(second, "list"));
        // The refusal leaves no lock behind.
        await second.ApplyAsync("list", Page("3", [4]));
        await first.ApplyAsync("list", Page("4", [], [3, 1]));
        Assert.Equal(new StoredState("4", null, 2, 0), await second.StateAsync("list"));
    }

    [Fact]
    public async Task What_it_follows_is_judged_when_its_turn_to_write_has_come()
    {
        using var store = new SqliteListStore(Path);
        using var other = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page("1", [1], startsOver: true));
        var read = await other.FindAsync("list");
        using var writing = new SqliteConnection($"Data Source={Path};Pooling=False");
        await writing.OpenAsync(TestContext.Current.CancellationToken);
        using var command = writing.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var late = Task.Run(async () => await other.ApplyAsync("list", Page("2 of other", [], [1]).ToChange("2 of other", read!.Position, read.Generation)), TestContext.Current.CancellationToken);
        // Long enough for one that reads before its turn to have read; one that does not passes at any pace.
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(late.IsCompleted);
        // Another's page, by hand: its checksum is wrong on purpose, so that whoever reads the row after it cannot take it for the old one.
        command.CommandText = "UPDATE lists SET last_place = last_place + 1; COMMIT";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ListStoreException>(() => late);
    }

    [Fact]
    public async Task Two_processes_that_write_one_list_lose_no_page_and_store_none_twice()
    {
        using (var store = new SqliteListStore(Path)) await store.ApplyAsync("list", Page("0", [], startsOver: true));
        using var other = KilledProcess.Start(typeof(FollowsTests), nameof(Other), (PathVariable, Path));
        while (!File.Exists(Path + ".ready"))
        {
            Assert.False(other.HasExited, "the other process ended by itself");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await GoOnAsync(Path);
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, other.ExitCode);
        using var last = new SqliteListStore(Path);
        Assert.Equal(new StoredState($"{2 * Steps}", null, 2 * Steps, 0), await last.StateAsync("list"));
        Assert.Equal(2 * Steps, (await AnyList.ContentAsync(last, "list")).Count);
    }

    /// <summary>Not a test: the other process.</summary>
    [Fact(Explicit = true)]
    public async Task Other()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "only the test above starts it");
        await File.WriteAllBytesAsync(path + ".ready", []);
        await GoOnAsync(path!);
    }

    /// <summary>Stores pages one by one, each on what it has read just before; a refusal means that the other was faster.</summary>
    private static async Task GoOnAsync(string path)
    {
        using var store = new SqliteListStore(path);
        for (var done = 0; done < Steps;)
        {
            var read = (await store.FindAsync("list"))!;
            var step = int.Parse(read.Cursor);
            try
            {
                var applied = await store.ApplyAsync("list", Page("", [step]).ToChange($"{step + 1}", read.Position, read.Generation));
                Assert.Equal(new ListChanges(1, 0), applied.Changes);
                done++;
            }
            catch (ListConflictException)
            {
                // Read again.
            }
        }
    }

    private IListStore Open(bool isSqlite) => isSqlite ? new SqliteListStore(Path) : new InMemoryListStore();
}
