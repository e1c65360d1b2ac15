using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Lists;

public sealed class PageBatchTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Pages_stored_as_one_leave_what_they_leave_one_by_one() =>
        Prop.ForAll(Arb.From(AnyList.Page(startsOver: true)), Arb.From(AnyList.Page(startsOver: false).ListOf()), (first, rest) =>
        {
            ListPage[] pages = [first, .. rest];
            // A page that completes the list is the last of its batch.
            var complete = Array.FindIndex(pages, page => page.CompleteThrough is not null);
            LeavesTheSameAsync(complete < 0 ? pages : pages[..(complete + 1)]).GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_batch_is_due_when_it_is_complete_or_large_or_old()
    {
        Assert.False(new PageBatch(_time).IsDue);
        Assert.True(Batch(ScriptedSource.Page("1", _time.GetUtcNow())).IsDue);
        Assert.False(Batch(ScriptedSource.Page("1", null, [.. Enumerable.Range(0, 99_999)])).IsDue);
        Assert.True(Batch(ScriptedSource.Page("1", null, [.. Enumerable.Range(0, 100_000)])).IsDue);
        var batch = Batch(ScriptedSource.Page("1", null, 1));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(batch.IsDue);
    }

    [Fact]
    public void A_batch_is_empty_after_it_was_taken()
    {
        var batch = Batch(new ListPage { Cursor = "1", StartsOver = true, Rejected = 3 });
        var first = batch.Take();
        Assert.Equal((true, 3, "1"), (first.StartsOver, first.Rejected, first.Cursor));
        Assert.True(batch.IsEmpty);

        batch.Add(new ListPage { Cursor = "2", Rejected = 1 });

        var taken = batch.Take();
        Assert.Equal((false, 1, "2"), (taken.StartsOver, taken.Rejected, taken.Cursor));
    }

    private PageBatch Batch(ListPage page)
    {
        var batch = new PageBatch(_time);
        batch.Add(page);
        return batch;
    }

    private async Task LeavesTheSameAsync(ListPage[] pages)
    {
        var (single, together) = (new InMemoryListStore(), new InMemoryListStore());
        var batch = new PageBatch(_time);
        foreach (var page in pages)
        {
            await single.ApplyAsync("list", page);
            batch.Add(page);
        }
        await together.ApplyAsync("list", batch.Take());

        Assert.Equal(await single.StateAsync("list"), await together.StateAsync("list"));
        Assert.Equal(await AnyList.ContentAsync(single, "list"), await AnyList.ContentAsync(together, "list"));
    }
}
