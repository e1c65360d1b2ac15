using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Syncing;
using TakeItDown.Matching.Tests.Registry;
using static TakeItDown.Matching.Tests.Syncing.ScriptedSource;

namespace TakeItDown.Matching.Tests.Syncing;

/// <summary>A registry that withdraws more than half of a long list at once: the old one serves for a day, and a person is asked.</summary>
public sealed class WithdrawalHoldTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryListStore _store = new();
    private readonly ScriptedSource _source = new("npo");
    private Action<SyncOptions> _configure = _ => { };

    private DateTimeOffset Now => _time.GetUtcNow();

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

    private SyncHost Host() => new(_time, builder =>
    {
        builder.Services.AddSingleton<IListStore>(_store).AddSingleton<IListSource>(_source);
        builder.Services.Configure(_configure);
    });
}
