namespace TakeItDown.Matching.Tests.Storage;

/// <summary>Keeps up with a list by its news alone, as what compares old uploads does.</summary>
internal sealed class Follower
{
    private readonly Dictionary<KeyDigest, string> _entries = [];

    public long Position { get; private set; }

    /// <summary>The entries, comparable with <see cref="AnyList.ContentAsync"/>.</summary>
    public List<string> Content => [.. _entries.Values.Order(StringComparer.Ordinal)];

    public int Read { get; private set; }

    public Follower Copy()
    {
        var copy = new Follower { Position = Position };
        foreach (var (key, entry) in _entries) copy._entries.Add(key, entry);
        return copy;
    }

    /// <summary>Reads the whole list.</summary>
    public async Task ReadAllAsync(IListStore store, string list)
    {
        Position = (await store.FindAsync(list))?.Position ?? 0;
        _entries.Clear();
        await foreach (var entry in store.ReadEntriesAsync(list)) _entries.Add(KeyDigest.Of(entry.Key), AnyList.Describe(entry));
    }

    /// <summary>Reads what is new, so many at a time.</summary>
    /// <returns>Whether the store knew.</returns>
    public async Task<bool> FollowAsync(IListStore store, string list, int limit)
    {
        while (true)
        {
            if (await store.ReadNewsAsync(list, Position, limit) is not { } news) return false;
            Assert.InRange(news.Changes.Count, 0, limit);
            var last = Position;
            foreach (var change in news.Changes)
            {
                Assert.True(change.Position > last, "the news are out of order");
                last = change.Position;
                if (change.Entry is { } entry) _entries[change.Key] = AnyList.Describe(entry);
                else _entries.Remove(change.Key);
                Read++;
            }
            Assert.True(news.Position >= last, "it would tell the same again");
            Position = news.Position;
            if (news.Changes.Count > 0) continue;
            Assert.Equal((await store.FindAsync(list))!.Position, Position);
            return true;
        }
    }
}
