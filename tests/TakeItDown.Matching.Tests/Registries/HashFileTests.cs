using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>A file of hashes is a list like any other.</summary>
public sealed class HashFileTests : IDisposable
{
    private const string One = "0123456789abcdef0123456789abcdef", Two = "fedcba9876543210fedcba9876543210";

    private readonly SwiftTime _time = new();
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("hashes.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_read_and_read_again_where_it_has_changed()
    {
        using var host = Host();
        File.WriteAllText(Path, $"md5,{One},first\n");
        var first = await host.RefreshAsync();
        var same = await host.RefreshAsync();
        File.WriteAllText(Path, $"md5,{One},first\nmd5,{Two},second\n");
        var changed = await host.RefreshAsync();

        Assert.Equal((null, 1L), (first.Error, first.Upserts));
        Assert.Equal((null, 0L), (same.Error, same.Upserts));
        Assert.Equal((null, 1L), (changed.Error, changed.Upserts));
        Assert.True(host.Finds(HashKind.Md5, One) && host.Finds(HashKind.Md5, Two));
        Assert.Equal((ListFreshness.Fresh, 2), (host.Status.Freshness, host.Status.Entries));
    }

    [Fact]
    public async Task What_is_taken_out_of_the_file_leaves_the_list()
    {
        using var host = Host();
        File.WriteAllText(Path, string.Concat(Enumerable.Range(0, 200).Select(number => $"md5,{SyncHost.Hex(HashKind.Md5, number)},e{number}\n")));
        await host.RefreshAsync();
        File.WriteAllText(Path, string.Concat(Enumerable.Range(1, 199).Select(number => $"md5,{SyncHost.Hex(HashKind.Md5, number)},e{number}\n")));

        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromMinutes(15));
        // What a list was read from its beginning without goes with the refresh after that.
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(199, host.Status.Entries);
        Assert.False(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 0)));
    }

    public static TheoryData<string, string, string> Bad => new()
    {
        { "empty", "", "the list is empty" },
        { "prose", "This is no list of hashes.\nNor is this.\n", "no line of the list could be read" },
        { "database", "SQLite format 3\0 and more", "it may be a list store" },
        { "cut Project VIC", $$"""{"odata.metadata":"x","value":[{"MediaID":1,"Category":1,"MD5":"{{One}}"},{"Media""", "it is cut" },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task A_file_that_cannot_be_read_whole_keeps_the_list_as_it_was(string what, string text, string says)
    {
        using var host = Host();
        File.WriteAllText(Path, $"md5,{One},first\n");
        await host.RefreshAsync();
        File.WriteAllText(Path, text);

        var error = (await host.RefreshAsync()).Error;

        Assert.True(error?.Contains(says, StringComparison.Ordinal), $"{what}: {error}");
        Assert.True(host.Finds(HashKind.Md5, One));
        Assert.DoesNotContain(One, error, StringComparison.Ordinal);
        Assert.DoesNotContain(Path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_file_the_list_is_unavailable_and_the_next_refresh_finds_it()
    {
        using var host = Host();
        Assert.Contains("it is not there", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(ListFreshness.NeverSynced, host.Status.Freshness);
        File.WriteAllText(Path, $"md5,{One}\n");

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(ListFreshness.Fresh, host.Status.Freshness);
    }

    [Fact]
    public async Task Lines_that_are_malformed_are_counted_and_the_rest_is_read()
    {
        using var host = Host();
        File.WriteAllText(Path, $"md5,{One}\nmd5,xyz\nmd5,{Two}\n");

        var result = await host.RefreshAsync();

        Assert.Equal((null, 2L, 1L), (result.Error, result.Upserts, result.Rejected));
    }

    [Fact]
    public async Task A_reading_that_was_cut_off_goes_on_where_it_was_and_begins_anew_where_the_file_is_another()
    {
        await File.WriteAllLinesAsync(Path, Enumerable.Range(0, 25_000).Select(number => $"{number:x32}"), TestContext.Current.CancellationToken);
        using var host = Host(HashKind.Md5);
        var source = host.Get<IEnumerable<IListSource>>().Single();
        var whole = await source.ReadAsync(null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(true, 10_000), (false, 10_000), (false, 5_000), (false, 0)], whole.Select(page => (page.StartsOver, page.Upserts.Count)));

        for (var read = 1; read < whole.Count; read++)
        {
            var rest = await source.ReadAsync(whole[read - 1].Cursor, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(whole.Skip(read).Select(Told), rest.Select(Told));
        }

        await File.AppendAllTextAsync(Path, $"{25_000:x32}\n", TestContext.Current.CancellationToken);
        var anew = await source.ReadAsync(whole[1].Cursor, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal((true, 25_001), (anew[0].StartsOver, anew.Sum(page => page.Upserts.Count)));

        static string Told(ListPage page) => $"{page.StartsOver} {page.Cursor} {page.CompleteThrough is null} {string.Join(' ', page.Upserts.Select(entry => entry.Key.Id))}";
    }

    [Fact]
    public async Task Kind_and_format_can_be_told()
    {
        File.WriteAllText(Path, new string('a', 63) + "b\n");
        using var untold = Host();
        Assert.Contains("give the kind", (await untold.RefreshAsync()).Error, StringComparison.Ordinal);
        using var told = Host(HashKind.Sha256, "hashes");

        Assert.Null((await told.RefreshAsync()).Error);

        Assert.True(told.Finds(HashKind.Sha256, new string('a', 63) + "b"));
        var wrong = Assert.Throws<ArgumentException>(() => Host(HashKind.None, "odt"));
        Assert.Contains("hashdeep", wrong.Message, StringComparison.Ordinal);
    }

    private SyncHost Host(HashKind kind = HashKind.None, string? format = null) => new(_time, builder => builder.AddHashFile("file", Path, kind, format));
}
