using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>Categories and feedback change on their own, and were not kept before: an entry that differs in nothing else was not missed.</summary>
public sealed class NotesDriftTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSource _source = new("npo");
    private readonly TempFolder _folder = new();

    private DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_comparison_stores_them_and_counts_what_else_differs(bool isSqlite, bool differs)
    {
        var store = isSqlite ? (IListStore)new SqliteListStore(_folder.File("store.db")) : new InMemoryListStore();
        using var closing = store as IDisposable;
        using var host = new SyncHost(_time, builder => builder.Services.AddSingleton(store).AddSingleton<IListSource>(_source));
        await RefreshAsync(host, new ListPage { Upserts = [Entry(1), Entry(2), Entry(3)], StartsOver = true, Cursor = "1", CompleteThrough = Now });
        _time.Advance(TimeSpan.FromDays(30));
        await RefreshAsync(host, new ListPage { Cursor = "2", CompleteThrough = Now });
        var index = host.Catalog.Current[0].Index;
        _source.Enqueue(new ListPage
        {
            Upserts = [Entry(1, ["Viral"]), differs ? Entry(20, [], key: 2) : Entry(2, ["Known Minor", "Viral"]), Entry(3)],
            StartsOver = true,
            Cursor = "r",
            CompleteThrough = Now,
        });

        Assert.False(await host.Get<ListManager>().Managed.Single().ReconcileAsync(default));
        _time.Advance(TimeSpan.FromHours(1));
        await RefreshAsync(host, new ListPage { Cursor = "3", CompleteThrough = Now });

        Assert.Equal(differs ? 1 : 0, host.Status.Drift);
        Assert.NotNull(host.Status.ReconciledAt);
        Assert.Equal(differs, host.Logs.GetSnapshot().Any(record => record.Level == LogLevel.Error));
        Assert.NotSame(index, host.Catalog.Current[0].Index);
        var entries = new Dictionary<string, ListEntry>();
        await foreach (var entry in store.ReadEntriesAsync("npo")) entries[entry.Key.Id] = entry;
        Assert.Equal(["Viral"], entries["1"].Categories);
    }

    private async Task RefreshAsync(SyncHost host, ListPage page)
    {
        _source.Enqueue(page);
        Assert.Null((await host.RefreshAsync()).Error);
    }

    private static ListEntry Entry(int number, string[]? categories = null, int? key = null) => new()
    {
        Key = new EntryKey("42", $"{key ?? number}"),
        Media = MediaKind.Image,
        Hashes = [ScriptedSource.Hash(number)],
        Categories = categories ?? [],
        Feedback = categories is null ? [] : [new MemberFeedback(HashKind.Md5, true, null, 2)],
    };
}
