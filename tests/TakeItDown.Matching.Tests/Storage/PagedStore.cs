using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tests;

/// <summary>Puts pages into a store as a refresh does: each follows what the store holds.</summary>
internal static class PagedStore
{
    public static Task<ListChanges> ApplyAsync(this IListStore store, string list, ListPage page, CancellationToken cancellationToken) =>
        store.ApplyAsync(list, page, UnseenEntries.Kept, cancellationToken);

    public static async Task<ListChanges> ApplyAsync(
        this IListStore store, string list, ListPage page, UnseenEntries unseen = UnseenEntries.Kept, CancellationToken cancellationToken = default)
    {
        var stored = await store.FindAsync(list, cancellationToken);
        var applied = await store.ApplyAsync(list, page.ToChange(page.Cursor, stored?.Position ?? 0, stored?.Generation ?? 0, unseen), cancellationToken);
        return applied.Changes;
    }

    /// <summary>What a store knows of a list, without the position, at which each store begins by chance.</summary>
    public static async Task<StoredState?> StateAsync(this IListStore store, string list)
    {
        if (await store.FindAsync(list) is not { } stored) return null;
        var unseen = await Unseen.CountAsync(store, list, stored.Generation, default);
        return new StoredState(stored.Cursor, stored.CompleteThrough, stored.Entries, unseen.Entries, unseen.Twice);
    }
}

/// <summary>What two stores have in common.</summary>
internal sealed record StoredState(string Cursor, DateTimeOffset? CompleteThrough, long Entries, long Unseen, long UnseenTwice = 0);
