using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Storage;
using static TakeItDown.Matching.Tests.Storage.StorePages;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A page is taken only where the store holds what it follows: two processes that write one list cannot mix their pages.</summary>
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
                foreach (var other in (string[])["cursor 1", "cursor 3", "", "Cursor \u00e9", "cursor e\u0301", "cursor \u00e9 ", "cursor \u00e9\0", "cursor", "of another list"])
                    others.Add(isSqlite, other);
            }
            return others;
        }
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public async Task A_page_that_follows_anything_else_is_refused_and_changes_nothing(bool isSqlite, string other)
    {
        var store = Open(isSqlite);
        using var closing = store as IDisposable;
        await store.ApplyAsync("list", Page("cursor 1", [1, 2, 3], startsOver: true));
        await store.ApplyAsync("list", Page("cursor \u00e9", [4], follows: "cursor 1"));
        await store.ApplyAsync("another", Page("of another list", [1], startsOver: true));
        var before = (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list")));

        foreach (var page in (ListPage[])[Page("next", [5], [1], other), Page("next", [5], follows: other, startsOver: true), new ListPage { Cursor = "next", Follows = other, Unseen = UnseenEntries.Dropped }])
        {
            var refusal = await Assert.ThrowsAsync<ListStoreException>(async () => await store.ApplyAsync("list", page));
            Assert.Null(refusal.InnerException);
        }

        Assert.Equal(before, (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list"))));
        await store.ApplyAsync("list", Page("next", [5], [1], follows: "cursor \u00e9"));
        Assert.Equal(new StoredList("next", null, 4, 0), await store.FindAsync("list"));
        // What follows nothing in particular is taken.
        await store.ApplyAsync("list", Page("after", [6]));
        Assert.Equal(5, (await store.FindAsync("list"))!.Entries);
    }

    [Theory]
    [InlineData(true, "cursor")]
    [InlineData(true, "")]
    [InlineData(false, "cursor")]
    [InlineData(false, "")]
    public async Task Nothing_follows_a_list_that_is_not_there_but_its_beginning(bool isSqlite, string follows)
    {
        var store = Open(isSqlite);
        using var closing = store as IDisposable;

        foreach (var startsOver in (bool[])[true, false])
            await Assert.ThrowsAsync<ListStoreException>(async () => await store.ApplyAsync("list", Page("1", [1], follows: follows, startsOver: startsOver)));

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
        Assert.Equal("1", (await second.FindAsync("list"))!.Cursor);
        await second.ApplyAsync("list", Page("2 of second", [3], follows: "1"));

        await Assert.ThrowsAsync<ListStoreException>(async () => await first.ApplyAsync("list", Page("2 of first", [], [3, 1], follows: "1")));

        Assert.Equal(new StoredList("2 of second", null, 3, 0), await first.FindAsync("list"));
        Assert.Equal(await AnyList.ContentAsync(first, "list"), await AnyList.ContentAsync(second, "list"));
        // The refusal leaves no lock behind.
        await second.ApplyAsync("list", Page("3", [4], follows: "2 of second"));
        await first.ApplyAsync("list", Page("4", [], [3, 1], follows: "3"));
        Assert.Equal(new StoredList("4", null, 2, 0), await second.FindAsync("list"));
    }

    [Fact]
    public async Task What_it_follows_is_judged_when_its_turn_to_write_has_come()
    {
        using var store = new SqliteListStore(Path);
        using var other = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page("1", [1], startsOver: true));
        await other.FindAsync("list");
        using var writing = new SqliteConnection($"Data Source={Path};Pooling=False");
        await writing.OpenAsync(TestContext.Current.CancellationToken);
        using var command = writing.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var late = Task.Run(async () => await other.ApplyAsync("list", Page("2 of other", [], [1], follows: "1")), TestContext.Current.CancellationToken);
        // Long enough for one that reads before its turn to have read; one that does not passes at any pace.
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(late.IsCompleted);
        // Another's page, by hand: its checksum is wrong on purpose, so that whoever reads the row after it cannot take it for the old one.
        command.CommandText = "UPDATE lists SET cursor = '2'; COMMIT";
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
        Assert.Equal(new StoredList($"{2 * Steps}", null, 2 * Steps, 0), await last.FindAsync("list"));
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
            var step = int.Parse((await store.FindAsync("list"))!.Cursor);
            try
            {
                var changes = await store.ApplyAsync("list", Page($"{step + 1}", [step], follows: $"{step}"));
                Assert.Equal(new ListChanges(1, 0), changes);
                done++;
            }
            catch (ListStoreException e) when (e.InnerException is null)
            {
                // Read again.
            }
        }
    }

    private IListStore Open(bool isSqlite) => isSqlite ? new SqliteListStore(Path) : new InMemoryListStore();
}
