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
        Prop.ForAll(Arb.From(Steps), steps => BehavesAlikeAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40));

    private static Gen<Step[]> Steps { get; } =
        (from list in Gen.Elements("npo", "a list")
         from page in Gen.Frequency((2, AnyList.Page(startsOver: true)), (5, AnyList.Page(startsOver: false)))
         from unseen in AnyList.Unseen
         from expected in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(-2, 2)))
         from generation in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(-2, 2)))
         select new Step(list, page, unseen, expected, generation)).ArrayOf();

    private async Task BehavesAlikeAsync(Step[] steps)
    {
        var memory = new InMemoryListStore();
        var path = _folder.File($"{_stores++}.db");
        var sqlite = new SqliteListStore(path);
        for (var i = 0; i < steps.Length; i++)
        {
            var list = steps[i].List;
            Assert.Equal(await ApplyAsync(memory, steps[i]), await ApplyAsync(sqlite, steps[i]));
            Assert.Equal(await memory.StateAsync(list), await sqlite.StateAsync(list));
            if (i % 5 != 0) continue;
            sqlite.Dispose();
            sqlite = new SqliteListStore(path);
        }
        Assert.Equal((await memory.GetNamesAsync()).Order(), (await sqlite.GetNamesAsync()).Order());
        foreach (var list in (string[])["npo", "a list", "never seen"]) Assert.Equal(await AnyList.ContentAsync(memory, list), await AnyList.ContentAsync(sqlite, list));
        sqlite.Dispose();
    }

    /// <summary>What the step changed; null where the store refused it.</summary>
    private static async Task<ListChanges?> ApplyAsync(IListStore store, Step step)
    {
        var stored = await store.FindAsync(step.List);
        if (stored is null && !step.Page.StartsOver) return null;
        var change = step.Page.ToChange(step.Page.Cursor, (stored?.Position ?? 0) + step.Aside, Math.Max((stored?.Generation ?? 0) + step.Later, 0), step.Unseen);
        try
        {
            var applied = await store.ApplyAsync(step.List, change);
            Assert.Equal((await store.FindAsync(step.List))!.Position, applied.Position);
            Assert.True(applied.Position > (stored?.Position ?? 0));
            return applied.Changes;
        }
        catch (ListConflictException)
        {
            Assert.Equal(stored, await store.FindAsync(step.List));
            return null;
        }
    }

    /// <param name="List">The list.</param>
    /// <param name="Page">What comes.</param>
    /// <param name="Unseen">What becomes of entries that are unseen.</param>
    /// <param name="Aside">How far what is expected is from the truth.</param>
    /// <param name="Later">How many generations later it is than it should be.</param>
    private sealed record Step(string List, ListPage Page, UnseenEntries Unseen, int Aside, int Later);
}
