namespace TakeItDown.Matching.Tests.Storage;

/// <summary>A real process is killed while it stores pages: what is found afterwards is what some page left behind, to the last entry.</summary>
public sealed class SqliteKillTests : IDisposable
{
    private const string PathVariable = "TAKEITDOWN_TEST_KILLED_STORE";
    private const int PageSize = 200;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_leaves_an_earlier_complete_state()
    {
        var path = _folder.File("store.db");
        var random = new Random(7);
        var reached = 0;
        for (var round = 0; round < 8; round++)
        {
            using (var writer = KilledProcess.Start(typeof(SqliteKillTests), nameof(Writer), (PathVariable, path)))
            {
                using (var watcher = new SqliteListStore(path))
                {
                    var enough = reached + random.Next(1, 30);
                    while (await PagesAsync(watcher) < enough)
                    {
                        Assert.False(writer.HasExited, "the writer ended by itself");
                        await Task.Delay(random.Next(1, 5));
                    }
                }
                writer.Kill();
                await writer.WaitForExitAsync();
            }
            using var store = new SqliteListStore(path);
            reached = await PagesAsync(store);
            Assert.Equal(Expected(reached), await AnyList.ContentAsync(store, "list"));
            Assert.Equal(Expected(reached).Count, (await store.FindAsync("list"))!.Entries);
        }
        Assert.DoesNotContain("store.db.damaged", _folder.Names);
    }

    /// <summary>Not a test: the process that is killed. It stores page after page, until then.</summary>
    [Fact(Explicit = true)]
    public async Task Writer()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable);
        Assert.SkipWhen(path is null, "only the test above starts the writer");
        using var store = new SqliteListStore(path!);
        for (var page = await PagesAsync(store); page < 100_000; page++) await store.ApplyAsync("list", Page(page));
    }

    private static async Task<int> PagesAsync(SqliteListStore store) =>
        await store.FindAsync("list") is { } stored ? int.Parse(stored.Cursor) : 0;

    /// <summary>Each page adds entries of its own, changes those of the page before, and withdraws those of the one before that.</summary>
    private static ListPage Page(int page) => new()
    {
        Upserts = [.. Entries(page, state: 0), .. page > 0 ? Entries(page - 1, state: 1) : []],
        Removals = page > 1 ? [.. Entries(page - 2, state: 1).Where((_, i) => i % 2 == 0).Select(entry => new ListRemoval(entry.Key))] : [],
        StartsOver = page == 0,
        Cursor = $"{page + 1}",
    };

    private static List<string> Expected(int pages)
    {
        var entries = Enumerable.Range(0, pages).SelectMany(page => Entries(page, state: page < pages - 1 ? 1 : 0).Where((_, i) => page >= pages - 2 || i % 2 != 0));
        return [.. entries.Select(AnyList.Describe).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<ListEntry> Entries(int page, int state) => Enumerable.Range(0, PageSize).Select(i => new ListEntry
    {
        Key = new EntryKey("42", $"{i * 7919 % PageSize}/{page}"),
        Media = MediaKind.Image,
        Hashes = [HashValue.FromBytes(HashKind.Pdq, Enumerable.Repeat((byte)(i + page + state), 32).ToArray())],
    });
}
