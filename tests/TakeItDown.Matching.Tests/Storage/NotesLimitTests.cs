using TakeItDown.Matching.Storage;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A registry that says more of an entry than anybody would read: every store keeps the same part of it.</summary>
public sealed class NotesLimitTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 64)]
    [InlineData(false, 64)]
    [InlineData(true, 300)]
    [InlineData(false, 300)]
    public async Task The_first_64_categories_and_words_of_feedback_are_kept(bool isSqlite, int count)
    {
        var store = isSqlite ? (IListStore)new SqliteListStore(_folder.File("store.db")) : new InMemoryListStore();
        using var closing = store as IDisposable;
        var page = new ListPage
        {
            Upserts = [new ListEntry
            {
                Key = StorePages.Key(1),
                Media = MediaKind.Image,
                Hashes = [StorePages.Hash(1)],
                Categories = [.. Enumerable.Range(1, count).Select(number => $"category {number}")],
                Feedback = [.. Enumerable.Range(1, count).Select(number => new MemberFeedback(HashKind.Md5, IsDispute: true, $"reason {number}", number))],
            }],
            StartsOver = true,
            Cursor = "1",
        };
        Assert.Equal(1, (await store.ApplyAsync("list", page)).Upserts);
        Assert.False((await store.ApplyAsync("list", page)).Any);

        await foreach (var entry in store.ReadEntriesAsync("list"))
        {
            Assert.Equal((64, "category 64"), (entry.Categories.Count, entry.Categories[^1]));
            Assert.Equal((64, 64), (entry.Feedback.Count, entry.Feedback[^1].Members));
        }
    }
}
