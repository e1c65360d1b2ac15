using FsCheck;
using FsCheck.Fluent;
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
         from page in Gen.Frequency((1, Page(startsOver: true)), (6, Page(startsOver: false)))
         select (list, page)).ArrayOf();

    private static Gen<ListPage> Page(bool startsOver) =>
        from entries in Entry.ListOf()
        from removed in Key.ListOf()
        from isComplete in Gen.Elements(true, false)
        from cursor in Gen.Choose(0, 5)
        let upserts = entries.DistinctBy(entry => entry.Key).ToList()
        select new ListPage
        {
            Upserts = upserts,
            Removals = [.. removed.Distinct().Except(upserts.Select(entry => entry.Key))],
            StartsOver = startsOver,
            Cursor = $"cursor {cursor}",
            CompleteThrough = isComplete ? DateTimeOffset.UnixEpoch.AddSeconds(cursor) : null,
        };

    private static Gen<EntryKey> Key { get; } =
        from member in Gen.Elements("", "42", "7", "ü\0")
        from id in Gen.Choose(0, 7)
        select new EntryKey(member, id == 0 ? "" : $"id {id}");

    private static Gen<ListEntry> Entry { get; } =
        from key in Key
        from media in Gen.Elements(MediaKind.Image, MediaKind.Video)
        from classification in Gen.Elements(null, "A1", "B2")
        from time in Gen.Choose(0, 2)
        from hashes in Hash.ListOf()
        select new ListEntry
        {
            Key = key,
            Media = media,
            Classification = classification,
            Timestamp = DateTimeOffset.UnixEpoch.AddTicks(time),
            Hashes = [.. hashes],
        };

    private static Gen<HashValue> Hash { get; } =
        from kind in Gen.Elements(HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq)
        from fill in Gen.Choose(0, 255)
        select HashValue.FromBytes(kind, Enumerable.Repeat((byte)fill, kind.ByteLength()).ToArray());

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
        foreach (var list in (string[])["npo", "a list", "never seen"]) Assert.Equal(await ContentAsync(memory, list), await ContentAsync(sqlite, list));
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

    private static async Task<List<string>> ContentAsync(IListStore store, string list)
    {
        var entries = new List<string>();
        await foreach (var entry in store.ReadEntriesAsync(list))
            entries.Add($"{entry.Key} {entry.Media} {entry.Classification} {entry.Timestamp:O} {string.Join(' ', entry.Hashes.Select(hash => hash.Kind + hash.ToHexString()))}");
        entries.Sort(StringComparer.Ordinal);
        return entries;
    }
}
