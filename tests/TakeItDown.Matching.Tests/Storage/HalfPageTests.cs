using System.Collections;
using Microsoft.Data.Sqlite;
using TakeItDown.Matching.Storage;
using static TakeItDown.Matching.Tests.Storage.StorePages;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A page and its cursor are stored together: whichever step fails, nothing of the page is there, and nothing of it comes later.</summary>
public sealed class HalfPageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    // Where one step fails, what another transaction had committed before would be seen.
    [Theory]
    [InlineData("BEFORE INSERT ON entries WHEN new.place % 1024 = 600")]
    [InlineData("AFTER UPDATE ON entries")]
    [InlineData("BEFORE DELETE ON entries")]
    [InlineData("BEFORE UPDATE ON lists")]
    [InlineData("AFTER UPDATE ON lists")]
    public async Task A_page_of_which_a_step_fails_leaves_nothing_of_itself(string step)
    {
        using var store = new SqliteListStore(Path);
        await store.ApplyAsync("list", Page("1", Enumerable.Range(0, 100), startsOver: true));
        var before = await StateAsync(store);
        Execute($"CREATE TRIGGER failing {step} BEGIN SELECT RAISE(ABORT, 'this step fails'); END");
        var page = Page("2", Enumerable.Range(50, 1000), removals: [7, 8], startsOver: true);

        await Assert.ThrowsAsync<ListStoreException>(async () => await store.ApplyAsync("list", page));

        Assert.Equal(before, await StateAsync(store));
        using (var another = new SqliteListStore(Path)) Assert.Equal(before, await StateAsync(another));
        Execute("DROP TRIGGER failing");
        Assert.Equal(new ListChanges(950, 2), await store.ApplyAsync("list", page));
        Assert.Equal(new StoredState("2", null, 1048, 48), await store.StateAsync("list"));
    }

    [Fact]
    public async Task A_first_page_of_which_a_step_fails_leaves_no_list()
    {
        using var store = new SqliteListStore(Path);
        Assert.Null(await store.FindAsync("list"));
        Execute("CREATE TRIGGER failing AFTER UPDATE ON lists BEGIN SELECT RAISE(ABORT, 'this step fails'); END");

        await Assert.ThrowsAsync<ListStoreException>(async () => await store.ApplyAsync("list", Page("1", [1], startsOver: true)));

        Assert.Null(await store.FindAsync("list"));
        Assert.Empty(await store.GetNamesAsync());
        Assert.Empty(await AnyList.ContentAsync(store, "list"));
    }

    public static TheoryData<bool, Exception> Failures => new()
    {
        { true, new IOException("the disk failed") },
        { true, new InvalidOperationException("a mistake") },
        { true, new ListStoreException("a mistake of the store's own kind") },
        { false, new IOException("the disk failed") },
        { false, new InvalidOperationException("a mistake") },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_page_whose_removals_fail_after_its_upserts_leaves_nothing_of_itself(bool isSqlite, Exception failure)
    {
        IListStore store = isSqlite ? new SqliteListStore(Path) : new InMemoryListStore();
        using var closing = store as IDisposable;
        await store.ApplyAsync("list", Page("1", Enumerable.Range(0, 100), startsOver: true));
        var before = await StateAsync(store);

        var thrown = await Assert.ThrowsAnyAsync<Exception>(async () => await store.ApplyAsync("list", new ListPage
        {
            Upserts = [.. Enumerable.Range(50, 1000).Select(number => Entry(number, version: 1))],
            Removals = new Failing<ListRemoval>(new ListRemoval(Key(7)), failure),
            StartsOver = true,
            Cursor = "2",
        }));

        Assert.True(ReferenceEquals(failure, thrown) || (thrown is ListStoreException && ReferenceEquals(failure, thrown.InnerException)));
        Assert.Equal(before, await StateAsync(store));
        await store.ApplyAsync("list", Page("2", [200], removals: [7]));
        Assert.Equal(100, (await store.FindAsync("list"))!.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nor_does_one_whose_hashes_fail(bool isSqlite)
    {
        IListStore store = isSqlite ? new SqliteListStore(Path) : new InMemoryListStore();
        using var closing = store as IDisposable;
        await store.ApplyAsync("list", Page("1", Enumerable.Range(0, 100), startsOver: true));
        var before = await StateAsync(store);
        var failing = new ListEntry { Key = Key(5), Media = MediaKind.Image, Hashes = new Failing<HashValue>(Hash(5), new IOException("the disk failed")) };

        await Assert.ThrowsAnyAsync<Exception>(async () => await store.ApplyAsync("list", new ListPage
        {
            Upserts = [.. Enumerable.Range(50, 1000).Select(number => Entry(number)), failing],
            Removals = [new(Key(7))],
            StartsOver = true,
            Cursor = "2",
        }));

        Assert.Equal(before, await StateAsync(store));
    }

    private static async Task<(StoredList? List, string Entries)> StateAsync(IListStore store) =>
        (await store.FindAsync("list"), string.Join('\n', await AnyList.ContentAsync(store, "list")));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Gives one item, and fails before the second.</summary>
    private sealed class Failing<T>(T first, Exception failure) : IReadOnlyList<T>
    {
        public int Count => 2;

        public T this[int index] => index == 0 ? first : throw failure;

        public IEnumerator<T> GetEnumerator()
        {
            yield return first;
            throw failure;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
