using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>Both stores behave like one another, whatever pages come.</summary>
public sealed class ListStoreModelTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SQLite_and_memory_behave_alike_under_any_pages() =>
        Prop.ForAll(Arb.From(Pages), pages => BehavesAlikeAsync(pages).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40));

    private static Gen<(string List, ListPage Page)[]> Pages { get; } =
        (from list in Gen.Elements("npo", "a list")
         from page in Gen.Frequency((2, AnyList.Page(startsOver: true)), (5, AnyList.Page(startsOver: false)))
         from follows in Gen.Frequency((3, Gen.Constant<string?>(null)), (1, Gen.Choose(0, 5).Select(cursor => (string?)$"cursor {cursor}")))
         select (list, page.With(page.Cursor, follows))).ArrayOf();

    private async Task BehavesAlikeAsync((string List, ListPage Page)[] pages)
    {
        var memory = new InMemoryListStore();
        var path = _folder.File($"{_stores++}.db");
        var sqlite = new SqliteListStore(path);
        for (var i = 0; i < pages.Length; i++)
        {
            var (list, page) = pages[i];
            Assert.Equal(await ApplyAsync(memory, list, page), await ApplyAsync(sqlite, list, page));
            Assert.Equal(await memory.FindAsync(list), await sqlite.FindAsync(list));
            if (i % 5 != 0) continue;
            sqlite.Dispose();
            sqlite = new SqliteListStore(path);
        }
        Assert.Equal((await memory.GetNamesAsync()).Order(), (await sqlite.GetNamesAsync()).Order());
        foreach (var list in (string[])["npo", "a list", "never seen"]) Assert.Equal(await AnyList.ContentAsync(memory, list), await AnyList.ContentAsync(sqlite, list));
        sqlite.Dispose();
    }

    /// <summary>What the page changed; null where the store refused it.</summary>
    private static async Task<ListChanges?> ApplyAsync(IListStore store, string list, ListPage page)
    {
        try
        {
            return await store.ApplyAsync(list, page);
        }
        catch (ListStoreException)
        {
            return null;
        }
    }
}
