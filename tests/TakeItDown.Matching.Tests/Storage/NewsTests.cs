using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using static TakeItDown.Matching.Tests.Storage.StorePages;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>Whoever follows the news of a list knows the list, from whichever position on; and where the store cannot tell, it says so.</summary>
public sealed class NewsTests : IDisposable
{
    private const int RemovalLimit = 12;

    private readonly TempFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void From_any_position_the_news_lead_to_what_the_list_holds(bool isSqlite) =>
        Prop.ForAll(Arb.From(Steps), steps => LeadsThereAsync(isSqlite, steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_position_that_the_list_never_had_has_no_news(bool isSqlite)
    {
        var (store, other) = (Open(isSqlite), Open(isSqlite));
        foreach (var each in (IListStore[])[store, other]) await each.ApplyAsync("list", Page("1", [1, 2], startsOver: true));
        var (position, foreign) = ((await store.FindAsync("list"))!.Position, (await other.FindAsync("list"))!.Position);

        foreach (var since in (long[])[0, -1, long.MinValue, long.MaxValue, position + 1, position - 3, foreign]) Assert.Null(await store.ReadNewsAsync("list", since, 10));

        Assert.Null(await store.ReadNewsAsync("another", position, 10));
        Assert.Empty((await store.ReadNewsAsync("list", position, 10))!.Changes);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReadNewsAsync("list", position, 0));
        (store as IDisposable)?.Dispose();
        (other as IDisposable)?.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_seen_again_as_it_was_is_no_news(bool isSqlite)
    {
        var store = Open(isSqlite);
        using var closing = store as IDisposable;
        await store.ApplyAsync("list", Page("1", [1, 2, 3], startsOver: true));
        var position = (await store.FindAsync("list"))!.Position;

        await store.ApplyAsync("list", Page("2", [1, 2], startsOver: true));
        await store.ApplyAsync("list", new ListPage { Cursor = "3", Upserts = [Entry(2, version: 1)] }, UnseenEntries.Dropped);

        var news = (await store.ReadNewsAsync("list", position, 10))!;
        Assert.Equal([(KeyDigest.Of(Key(2)), true), (KeyDigest.Of(Key(3)), false)], news.Changes.Select(change => (change.Key, change.Entry is not null)));
        Assert.Equal((await store.FindAsync("list"))!.Position, news.Position);
    }

    [Fact]
    public async Task Of_an_entry_that_is_named_by_its_hash_nothing_is_left_but_a_digest_of_its_name()
    {
        using var store = new SqliteListStore(_folder.File("store.db"));
        ListEntry[] entries = [.. Enumerable.Range(0, 100).Select(number => new ListEntry { Key = new EntryKey("42", Hash(number).ToHexString()), Media = MediaKind.Image, Hashes = [Hash(number)] })];
        await store.ApplyAsync("list", new ListPage { Cursor = "1", Upserts = entries, StartsOver = true });
        var position = (await store.FindAsync("list"))!.Position;
        Assert.NotEmpty(Holding(7));

        await store.ApplyAsync("list", new ListPage { Cursor = "2", Removals = [new(entries[7].Key)] });
        await store.ApplyAsync("list", new ListPage { Cursor = "3", Upserts = entries[..50], Removals = [], StartsOver = true });
        await store.ApplyAsync("list", new ListPage { Cursor = "4", Removals = [new(entries[7].Key)] }, UnseenEntries.Dropped);

        foreach (var number in (int[])[7, 60, 99]) Assert.Empty(Holding(number));
        Assert.NotEmpty(Holding(8));
        var gone = (await store.ReadNewsAsync("list", position, 1000))!.Changes.Where(change => change.Entry is null).Select(change => change.Key).ToHashSet();
        Assert.Equal(entries[50..].Append(entries[7]).Select(entry => KeyDigest.Of(entry.Key)).ToHashSet(), gone);

        string[] Holding(int number) => [.. FileBytes.Holding(_folder, Hash(number).Bytes), .. FileBytes.Holding(_folder, System.Text.Encoding.UTF8.GetBytes(Hash(number).ToHexString()))];
    }

    [Fact]
    public void A_digest_of_a_key_is_what_it_says_and_tells_nothing()
    {
        byte[] bytes = [2, 0, 0, 0, .. "42seven"u8];
        var expected = System.Security.Cryptography.SHA256.HashData(bytes)[..KeyDigest.Length];

        Assert.Equal(Convert.ToHexString(expected), KeyDigest.Of(new EntryKey("42", "seven")).Value.ToString("X32"));
        Assert.NotEqual(KeyDigest.Of(new EntryKey("4", "2seven")), KeyDigest.Of(new EntryKey("42", "seven")));
        Assert.Equal("KeyDigest", KeyDigest.Of(new EntryKey("42", "seven")).ToString());
        Assert.Equal("EntryChange(removed)", EntryChange.Removed(7, KeyDigest.Of(new EntryKey("42", "seven"))).ToString());
        Assert.Equal("EntryChange(upserted)", EntryChange.Upserted(7, Entry(7)).ToString());
        Assert.Equal("ListNews(1 changes)", new ListNews([EntryChange.Upserted(7, Entry(7))], 7).ToString());
    }

    private static Gen<Step[]> Steps { get; } =
        (from page in Gen.Frequency((1, AnyList.Page(startsOver: true)), (5, AnyList.Page(startsOver: false)))
         from unseen in AnyList.Unseen
         from limit in Gen.Choose(1, 9)
         select new Step(page, unseen, limit)).ArrayOf();

    private async Task LeadsThereAsync(bool isSqlite, Step[] steps)
    {
        var path = _folder.File($"{_stores++}.db");
        var store = Open(isSqlite, path);
        var followers = new List<(Follower Follower, long Removals)>();
        var removals = 0L;
        foreach (var (page, unseen, limit) in steps)
        {
            if (followers.Count == 0 && !page.StartsOver) continue;
            removals += (await store.ApplyAsync("list", page, unseen)).Removals;
            if (isSqlite && limit == 1)
            {
                ((IDisposable)store).Dispose();
                store = Open(isSqlite, path);
            }
            var content = await AnyList.ContentAsync(store, "list");
            foreach (var (begun, before) in followers)
            {
                var follower = begun.Copy();
                if (await follower.FollowAsync(store, "list", limit)) Assert.Equal(content, follower.Content);
                else Assert.True(removals - before > RemovalLimit, "it should know");
            }
            var next = new Follower();
            await next.ReadAllAsync(store, "list");
            followers.Add((next, removals));
        }
        (store as IDisposable)?.Dispose();
    }

    private IListStore Open(bool isSqlite, string? path = null) => isSqlite
        ? new SqliteListStore(path ?? _folder.File($"{_stores++}.db")) { RemovalLimit = RemovalLimit }
        : new InMemoryListStore { RemovalLimit = RemovalLimit };

    private sealed record Step(ListPage Page, UnseenEntries Unseen, int Limit);
}
