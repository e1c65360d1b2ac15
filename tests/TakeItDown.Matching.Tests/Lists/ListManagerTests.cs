using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Storage;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

public sealed class ListManagerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryListStore _memory = new();
    private readonly TempFolder _folder = new();
    private readonly ScriptedSource _source = new("npo");

    private DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_list_is_known_before_it_was_ever_read()
    {
        using var host = Host(_memory, _source);

        Assert.Equal(ListFreshness.NeverSynced, host.Status.Freshness);
        var snapshot = Assert.Single(host.Catalog.Current);
        Assert.Equal(("npo", 0, null), (snapshot.Name, snapshot.Index.EntryCount, snapshot.CompleteThrough));
    }

    [Fact]
    public async Task A_restart_serves_what_the_store_holds_before_any_registry_answers()
    {
        _source.Enqueue(Page("1", Now, 1, 2, 3));
        using (var first = Host(new SqliteListStore(_folder.File("store.db")), _source)) await first.RefreshAsync();

        using var second = Host(new SqliteListStore(_folder.File("store.db")), _source);
        await second.Manager.LoadAsync();

        Assert.Equal((ListFreshness.Fresh, 3), (second.Status.Freshness, second.Status.Entries));
        Assert.Single(_source.Cursors);
    }

    [Fact]
    public async Task Nothing_is_published_before_a_first_read_is_complete()
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("1", null, 1, 2), null);
        _source.Enqueue(Page("2", Now, 3));

        Assert.Equal("the registry is away", (await host.RefreshAsync()).Error);
        Assert.Equal((ListFreshness.NeverSynced, 0), (host.Status.Freshness, host.Status.Entries));
        Assert.Equal(2, (await _memory.FindAsync("npo"))!.Entries);
        await host.RefreshAsync();

        Assert.Equal([null, "1"], _source.Cursors);
        Assert.Equal((ListFreshness.Fresh, 3), (host.Status.Freshness, host.Status.Entries));
    }

    [Fact]
    public async Task Pages_before_a_failure_count_and_the_list_is_no_fresher_for_it()
    {
        using var host = Host(_memory, _source);
        var before = Now;
        _source.Enqueue(Page("1", before, 1));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        _source.Enqueue(Page("2", null, 2), null);

        await host.RefreshAsync();

        Assert.Equal((2, before, "the registry is away"), (host.Status.Entries, host.Status.CompleteThrough, host.Status.LastError));
    }

    [Fact]
    public async Task A_list_that_is_read_anew_stays_in_use_and_says_so()
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("1", null, 1));
        await host.RefreshAsync();
        Assert.False(host.Status.IsReadAnew);
        _source.Enqueue(Page("2", Now, 2));
        await host.RefreshAsync();
        _source.Enqueue(Page("1", null, 1), null);

        await host.RefreshAsync();

        Assert.Equal((true, 2, ListFreshness.Fresh), (host.Status.IsReadAnew, host.Status.Entries, host.Status.Freshness));
        _source.Enqueue(Page("2", Now, 2));
        await host.RefreshAsync();
        Assert.False(host.Status.IsReadAnew);
    }

    [Fact]
    public async Task Two_processes_that_write_one_store_never_mix_their_pages()
    {
        // Entry 2 is withdrawn; a process that still holds the page with it must not bring it back.
        var path = _folder.File("store.db");
        using var host = Host(new SqliteListStore(path), _source);
        var otherSource = new ScriptedSource("npo");
        using var other = Host(new SqliteListStore(path), otherSource);
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        otherSource.Enqueue(Page("2", null, 2), new ListPage { Removals = [new(new EntryKey("42", "2"))], Cursor = "3", CompleteThrough = Now });
        _source.Enqueue(Page("2", Now, 2));
        _source.OnPage = () => other.RefreshAsync().GetAwaiter().GetResult();

        var refused = await host.RefreshAsync();

        Assert.Contains("another process", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, host.Status.Entries);
        _source.OnPage = null;
        _source.Enqueue(Page("4", Now, 4));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal((2, "3"), (host.Status.Entries, _source.Cursors[^1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task Freshness_goes_by_our_clock_and_the_maximum_age(int daysAhead)
    {
        using var host = Host(_memory, _source);
        // A registry whose clock is ahead says that the list is complete up to a time that is still to come.
        _source.Enqueue(Page("1", Now.AddDays(daysAhead), 1));
        await host.RefreshAsync();

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(ListFreshness.Fresh, host.Status.Freshness);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ListFreshness.Stale, host.Status.Freshness);
    }

    [Theory]
    [InlineData(4, ListFreshness.Fresh)]
    [InlineData(6, ListFreshness.Stale)]
    public async Task A_list_from_the_future_of_a_clock_that_was_set_back_is_stale(int minutes, ListFreshness expected)
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();

        _time.AdjustTime(Now.AddMinutes(-minutes));

        Assert.Equal(expected, host.Status.Freshness);
    }

    [Fact]
    public async Task Pages_that_change_nothing_cost_no_index()
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        var index = host.Catalog.Current[0].Index;
        _time.Advance(TimeSpan.FromHours(1));
        _source.Enqueue(Page("2", null, 1), Page("3", Now, 1));

        Assert.Equal(0, (await host.RefreshAsync()).Upserts);

        Assert.Same(index, host.Catalog.Current[0].Index);
        Assert.Equal(Now, host.Catalog.Current[0].CompleteThrough);
    }

    [Fact]
    public async Task A_change_under_an_unchanged_cursor_is_published()
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("2", Now, 1));
        await _memory.ApplyAsync("npo", Page("1", Now));
        await host.RefreshAsync();
        _source.Enqueue(Page("2", Now, 2));

        await host.RefreshAsync();

        Assert.Equal(2, host.Status.Entries);
    }

    [Fact]
    public async Task What_another_process_stored_is_published_at_the_next_refresh()
    {
        using var host = Host(_memory, _source);
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        await _memory.ApplyAsync("npo", Page("2", Now, 5));
        _source.Enqueue(Page("3", Now));

        await host.RefreshAsync();

        Assert.Equal(2, host.Status.Entries);
        Assert.Equal([null, "2"], _source.Cursors);
    }

    [Fact]
    public async Task A_damaged_store_leaves_the_list_in_use_and_is_read_anew()
    {
        var path = _folder.File("store.db");
        using var store = new SqliteListStore(path);
        using var host = Host(store, _source);
        _source.Enqueue(Page("1", Now, [.. Enumerable.Range(0, 1000)]));
        await host.RefreshAsync();
        store.Dispose();
        await File.WriteAllBytesAsync(path, new byte[10_000]);

        using var damaged = new SqliteListStore(path);
        using var second = Host(damaged, _source);
        await second.Manager.LoadAsync();
        Assert.Equal(ListFreshness.NeverSynced, second.Status.Freshness);
        _source.Enqueue(Page("1", Now, 1, 2));
        Assert.Null((await second.RefreshAsync()).Error);

        Assert.Equal([null, null], _source.Cursors);
        Assert.Equal((ListFreshness.Fresh, 2), (second.Status.Freshness, second.Status.Entries));
        Assert.Equal(1000, host.Status.Entries);
    }

    [Fact]
    public async Task One_list_that_fails_does_not_hold_up_another()
    {
        var other = new ScriptedSource("industry");
        using var host = Host(_memory, _source, other);
        _source.Enqueue([null]);
        other.Enqueue(Page("1", Now, 1));

        var results = await host.Manager.RefreshAsync();

        Assert.Equal([("npo", "the registry is away"), ("industry", null)], results.Select(result => (result.List, result.Error)));
        Assert.Equal([ListFreshness.NeverSynced, ListFreshness.Fresh], host.Manager.Lists.Select(list => list.Freshness));
        Assert.Equal(["industry"], await _memory.GetNamesAsync());
    }

    [Fact]
    public async Task An_unforeseen_failure_shows_only_its_kind_and_the_log_where_it_was()
    {
        using var host = Host(_memory, _source);
        _source.Failure = new InvalidOperationException("holds who knows what", new FormatException("and who knows what else"));
        _source.Enqueue([null]);

        await host.RefreshAsync();

        Assert.Contains(nameof(InvalidOperationException), host.Status.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("who knows", host.Status.LastError, StringComparison.Ordinal);
        Assert.All(host.Texts(), text => Assert.DoesNotContain("who knows", text, StringComparison.Ordinal));
        Assert.Contains(host.Texts(), text => text.Contains(nameof(FormatException), StringComparison.Ordinal) && text.Contains(nameof(ScriptedSource), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_refresh_tells_how_far_it_is_once_a_minute()
    {
        using var host = Host(_memory, _source);
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(20));
        _source.Enqueue([.. Enumerable.Range(1, 9).Select(number => Page($"{number}", number == 9 ? Now : null, number))]);

        await host.RefreshAsync();

        var told = host.Logs.GetSnapshot().Where(record => record.Id.Id == 124).ToList();
        Assert.Equal(2, told.Count);
        Assert.Contains("'npo' is being read: 4 entries", told[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_lists_of_one_name_are_refused()
    {
        using var host = Host(_memory, _source, new ScriptedSource("npo"));

        Assert.Contains("'npo'", Assert.Throws<InvalidOperationException>(() => host.Manager).Message, StringComparison.Ordinal);
    }

    private SyncHost Host(IListStore store, params ScriptedSource[] sources) => new(_time, builder =>
    {
        builder.Services.AddSingleton(store);
        foreach (var source in sources) builder.Services.AddSingleton<IListSource>(source);
    });
}
