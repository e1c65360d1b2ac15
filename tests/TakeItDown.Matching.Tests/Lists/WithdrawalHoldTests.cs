using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>A registry that withdraws more than half of a long list at once: the old one serves for a day, and a person is asked.</summary>
public sealed class WithdrawalHoldTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryListStore _store = new();
    private readonly ScriptedSource _source = new("npo");
    private Action<SyncOptions> _configure = _ => { };

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task What_could_not_be_stored_is_read_again()
    {
        var store = new OnceFailingStore(_store);
        using var host = Host(store);
        await FillAsync(host, 2000);
        var before = (await _store.FindAsync("npo"))!.Cursor;
        // The first page is stored by itself, as the second is five seconds away; and its entries do not fit.
        var pages = 0;
        _source.OnPage = () =>
        {
            _time.Advance(TimeSpan.FromSeconds(6));
            store.Fails = ++pages == 2;
        };
        _source.Enqueue(Page("p1", completeThrough: null, 5001), Page("p2", completeThrough: null, 5002), Page("p3", Now.AddHours(1), 5003));

        Assert.NotNull((await host.RefreshAsync()).Error);

        Assert.False(store.Fails);
        Assert.Equal(Source(before), Source((await _store.FindAsync("npo"))!.Cursor));

        string? Source(string cursor) => ListCursor.Parse(cursor, Now)!.Source;
    }

    [Fact]
    public async Task More_than_half_is_held_back_for_a_day_and_then_believed_and_what_is_new_is_served_meanwhile()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _source.Enqueue(Withdrawal(1, 1200, upserts: [5001], "d1"));

        var held = await host.RefreshAsync();

        Assert.Contains("withdrew 1200 of the 2000 entries of 'npo' at once. They stay in use until 2026-03-02 13:00:00Z", held.Error, StringComparison.Ordinal);
        Assert.Contains("ConfirmedShrinks", held.Error, StringComparison.Ordinal);
        Assert.Contains("RefusedShrinks", held.Error, StringComparison.Ordinal);
        Assert.Equal((2001, held.Error, Now), (host.Status.Entries, host.Status.LastError, host.Status.CompleteThrough));
        Assert.True(Finds(host, 1) && Finds(host, 5001));

        // A restart serves the old list as well, and goes on from where the withdrawals are read again.
        using var second = Host();
        await second.Manager.LoadAsync();
        Assert.True(Finds(second, 1));
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        _source.Enqueue(Withdrawal(1, 1200, upserts: [5001, 5002], "d2"));
        Assert.NotNull((await second.RefreshAsync()).Error);
        Assert.Equal("1", _source.Cursors[^1]);
        Assert.True(Finds(second, 1) && Finds(second, 5002));
        Assert.False(await second.Get<ListManager>().Managed.Single().ReconcileAsync(default));

        _time.Advance(TimeSpan.FromTicks(1));
        _source.Enqueue(Withdrawal(1, 1200, upserts: [5001, 5002], "d3"));
        Assert.Equal((1200, null), ((await second.RefreshAsync()).Removals, second.Status.LastError));
        Assert.Equal(802, second.Status.Entries);
        Assert.False(Finds(second, 1));
        Assert.Single(second.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 134 });
        _source.Enqueue(Page("d4", Now));
        await second.RefreshAsync();
        Assert.Equal("d3", _source.Cursors[^1]);
    }

    [Fact]
    public async Task A_person_may_confirm_it_before_the_day_is_over_or_refuse_it_for_longer()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _source.Enqueue(Withdrawal(1, 1500, [], "d1"));
        Assert.NotNull((await host.RefreshAsync()).Error);

        _configure = options => options.RefusedShrinks.Add("npo");
        using var refused = Host();
        _time.Advance(TimeSpan.FromDays(10));
        _source.Enqueue(Withdrawal(1, 1500, [], "d2"));
        Assert.Contains("because SyncOptions.RefusedShrinks names the list", (await refused.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(2000, refused.Status.Entries);

        _configure = options => options.ConfirmedShrinks.Add("npo");
        using var confirmed = Host();
        _source.Enqueue(Withdrawal(1, 1500, [], "d3"));
        Assert.Null((await confirmed.RefreshAsync()).Error);
        Assert.Equal(500, confirmed.Status.Entries);
        Assert.DoesNotContain(confirmed.Logs.GetSnapshot(), record => record.Id.Id == 126);

        _configure = options =>
        {
            options.ConfirmedShrinks.Add("npo");
            options.RefusedShrinks.Add("npo");
        };
        using var both = Host();
        Assert.Contains("both name 'npo'", Assert.Throws<OptionsValidationException>(both.Get<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_thinks_better_of_it_ends_the_hold()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _source.Enqueue(Withdrawal(1, 1500, [], "d1"));
        Assert.NotNull((await host.RefreshAsync()).Error);
        _time.Advance(TimeSpan.FromHours(1));
        _source.Enqueue(Withdrawal(1, 10, [], "d2"));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1990, host.Status.Entries);
        // Another hold begins anew.
        _time.Advance(TimeSpan.FromHours(30));
        _source.Enqueue(Withdrawal(11, 1500, [], "d3"));
        Assert.NotNull((await host.RefreshAsync()).Error);
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(10, 9)]
    [InlineData(2000, 1000)]
    public async Task Nobodys_withdrawal_from_a_small_list_is_held_up_nor_that_of_up_to_half_of_a_long_one(int entries, int withdrawn)
    {
        using var host = Host();
        await FillAsync(host, entries);
        _source.Enqueue(Withdrawal(1, withdrawn, [], "d1"));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(entries - withdrawn, host.Status.Entries);
    }

    [Fact]
    public async Task Tombstones_of_entries_that_are_not_on_the_list_hold_up_nothing()
    {
        using var host = Host();
        await FillAsync(host, 1500);
        _source.Enqueue(Withdrawal(1400, 5000, [], "d1"));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1399, host.Status.Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_counts_over_all_pages_of_a_refresh_and_an_entry_that_comes_back_is_not_lost(bool fails)
    {
        using var host = Host();
        await FillAsync(host, 2000);
        // Each page is stored by itself.
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(6));
        ListPage?[] pages = [.. Enumerable.Range(0, 4).Select(i => new ListPage { Upserts = Page("", null, 6000 + i).Upserts, Removals = Removals((i * 300) + 1, 300), Cursor = $"p{i}" })];
        if (fails) _source.Enqueue([.. pages, null]);
        else _source.Enqueue([.. pages, new ListPage { Upserts = Page("", null, 7).Upserts, Cursor = "d1", CompleteThrough = Now }]);

        Assert.NotNull((await host.RefreshAsync()).Error);
        Assert.Equal(2004, host.Status.Entries);
        Assert.True(Finds(host, 6003) && Finds(host, 1));
        _source.OnPage = null;

        // Fewer the next time: 7 came back after it was withdrawn.
        _source.Enqueue(
            new ListPage { Removals = Removals(1, 900), Cursor = "p1" }, new ListPage { Upserts = Page("", null, 7).Upserts, Cursor = "d2", CompleteThrough = Now });
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal("1", _source.Cursors[^1]);
        Assert.Equal(2004 - 899, host.Status.Entries);
        Assert.True(Finds(host, 7));
        Assert.False(Finds(host, 8));
    }

    [Fact]
    public async Task A_refresh_that_fails_on_its_way_keeps_the_few_withdrawals_that_it_brought()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(6));
        _source.Enqueue(new ListPage { Removals = Removals(1, 3), Cursor = "p1" }, new ListPage { Removals = Removals(4, 3), Cursor = "p2" }, null);

        Assert.NotNull((await host.RefreshAsync()).Error);

        Assert.Equal(1994, host.Status.Entries);
        _source.Enqueue(Page("d", Now));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal("p2", _source.Cursors[^1]);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(4001)]
    public async Task Half_and_then_the_rest_is_more_than_half_within_a_day(int entries)
    {
        using var host = Host();
        await FillAsync(host, entries);
        var half = entries / 2;
        _source.Enqueue(Withdrawal(1, half, [], "d1"));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(entries - half, host.Status.Entries);

        // Half of what is left by and by, up to everything: nothing of it passes before the day is over.
        foreach (var hours in (int[])[1, 5, 17])
        {
            _time.Advance(TimeSpan.FromHours(hours));
            _source.Enqueue(Withdrawal(half + 1, hours == 17 ? entries - half : (entries - half) / 2, [], "d2"));
            Assert.Contains("within 24 hours", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
            Assert.Equal(entries - half, host.Status.Entries);
            Assert.Equal("d1", _source.Cursors[^1]);
        }

        _time.Advance(TimeSpan.FromHours(8));
        _source.Enqueue(Withdrawal(half + 1, 500, [], "d3"));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(entries - half - 500, host.Status.Entries);
    }

    [Fact]
    public async Task What_passed_counts_after_a_restart_and_what_was_not_on_the_list_does_not()
    {
        using (var host = Host())
        {
            await FillAsync(host, 2000);
            _source.Enqueue(Withdrawal(1, 900, [], "d1"));
            Assert.Null((await host.RefreshAsync()).Error);
            // All of them are gone already.
            _source.Enqueue(Withdrawal(1, 900, [], "d2"));
            Assert.Null((await host.RefreshAsync()).Error);
        }
        using var second = Host();
        _source.Enqueue(Withdrawal(901, 100, [], "d3"));
        Assert.Null((await second.RefreshAsync()).Error);
        _source.Enqueue(Withdrawal(1001, 1, [], "d4"));
        Assert.NotNull((await second.RefreshAsync()).Error);
        Assert.Equal(1000, second.Status.Entries);
    }

    [Fact]
    public async Task After_a_withdrawal_that_was_believed_the_count_begins_anew()
    {
        using var host = Host();
        await FillAsync(host, 4000);
        _source.Enqueue(Withdrawal(1, 2500, [], "d1"));
        Assert.NotNull((await host.RefreshAsync()).Error);
        _time.Advance(TimeSpan.FromHours(24));
        _source.Enqueue(Withdrawal(1, 2500, [], "d2"));
        Assert.Null((await host.RefreshAsync()).Error);

        _source.Enqueue(Withdrawal(2501, 750, [], "d3"));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(750, host.Status.Entries);
        _source.Enqueue(Withdrawal(3251, 1, [], "d4"));
        Assert.NotNull((await host.RefreshAsync()).Error);
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_no_hold_and_brings_no_part_of_it()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _source.Enqueue(Withdrawal(1, 1500, [], "d1"));
        var until = "until 2026-03-02 13:00:00Z";
        Assert.Contains(until, (await host.RefreshAsync()).Error, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromHours(5));
        _source.Enqueue(new ListPage { Upserts = Page("", null, 6000).Upserts, Removals = Removals(1, 800), Cursor = "p1" }, null);
        Assert.NotNull((await host.RefreshAsync()).Error);
        Assert.Equal(2001, host.Status.Entries);
        Assert.True(Finds(host, 6000) && Finds(host, 1));

        _source.Enqueue(Withdrawal(1, 1500, [], "d2"));
        Assert.Contains(until, (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal("1", _source.Cursors[^1]);
    }

    [Fact]
    public async Task Parts_that_came_before_failures_count_together()
    {
        using var host = Host();
        await FillAsync(host, 2000);
        for (var i = 0; i < 4; i++)
        {
            _source.Enqueue(new ListPage { Removals = Removals((i * 400) + 1, 400), Cursor = $"p{i}" }, null);
            Assert.NotNull((await host.RefreshAsync()).Error);
        }
        Assert.Equal(1200, host.Status.Entries);
    }

    [Theory]
    [InlineData(1500, false)]
    [InlineData(1500, true)]
    [InlineData(3, false)]
    public async Task A_comparison_lets_through_no_more_than_a_refresh_does(int removals, bool isExpected)
    {
        using var host = Host();
        await FillAsync(host, 2000);
        _time.Advance(TimeSpan.FromDays(30));
        _source.Enqueue(Page("2", Now));
        await host.RefreshAsync();
        var timestamp = isExpected ? Now.AddDays(-1) : Now;
        _source.Enqueue(new ListPage
        {
            Upserts = Page("", null, [.. Enumerable.Range(removals + 1, 2000 - removals)]).Upserts,
            Removals = [.. Removals(1, removals).Select(removal => removal with { Timestamp = timestamp })],
            StartsOver = true,
            Cursor = "c1",
            CompleteThrough = Now,
        });

        Assert.False(await host.Get<ListManager>().Managed.Single().ReconcileAsync(default));

        Assert.Equal(removals > 1000 ? 2000 : 2000 - removals, (await _store.FindAsync("npo"))!.Entries);
        Assert.Equal(removals > 1000, host.Logs.GetSnapshot().Any(record => record is { Level: LogLevel.Warning, Id.Id: 135 }));
    }

    [Fact]
    public async Task A_small_list_may_lose_all_it_has_by_and_by()
    {
        using var host = Host();
        await FillAsync(host, 1000);
        foreach (var first in (int[])[1, 501])
        {
            _source.Enqueue(Withdrawal(first, 500, [], $"d{first}"));
            Assert.Null((await host.RefreshAsync()).Error);
        }
        Assert.Equal(0, host.Status.Entries);
    }

    [Fact]
    public void A_cursor_from_before_what_was_withdrawn_was_counted_is_read()
    {
        var text = """{"Source":"s","ReconciledAt":"2026-01-01T00:00:00+00:00","Drift":null,"Reconciliation":null,"Rejected":0,"ReadThrough":null,"Doubt":null,"Mended":2,"HeldSince":null}""";
        Assert.Equal(("s", 2), (ListCursor.Parse(text, Now)!.Source, ListCursor.Parse(text, Now)!.Mended));
    }

    private async Task FillAsync(SyncHost host, int entries)
    {
        _source.Enqueue(Page("1", Now, [.. Enumerable.Range(1, entries)]));
        Assert.Null((await host.RefreshAsync()).Error);
        _time.Advance(TimeSpan.FromHours(1));
    }

    private ListPage Withdrawal(int first, int count, int[] upserts, string cursor) =>
        new() { Upserts = Page("", null, upserts).Upserts, Removals = Removals(first, count), Cursor = cursor, CompleteThrough = Now };

    private static List<ListRemoval> Removals(int first, int count) => [.. Enumerable.Range(first, count).Select(number => new ListRemoval(new EntryKey("42", $"{number}"), DateTimeOffset.UnixEpoch))];

    private static bool Finds(SyncHost host, int number) => host.Finds(HashKind.Md5, Hash(number).ToHexString());

    private SyncHost Host(IListStore? store = null) => new(_time, builder =>
    {
        builder.Services.AddSingleton(store ?? _store).AddSingleton<IListSource>(_source);
        builder.Services.Configure(_configure);
    });

    /// <summary>A store of which the disk fails at one change, and no more.</summary>
    private sealed class OnceFailingStore(IListStore inner) : IListStore
    {
        public bool Fails { get; set; }

        public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default) => inner.GetNamesAsync(cancellationToken);

        public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default) => inner.FindAsync(list, cancellationToken);

        public IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default) => inner.ReadEntriesAsync(list, cancellationToken);

        public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default) =>
            inner.CountBeforeAsync(list, generation, cancellationToken);

        public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default)
        {
            if (!Fails) return inner.ApplyAsync(list, change, cancellationToken);
            Fails = false;
            throw new ListStoreException("the disk is full");
        }
    }
}
