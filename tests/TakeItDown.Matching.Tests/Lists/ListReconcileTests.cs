using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

public sealed class ListReconcileTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FallibleStore _store = new();
    private readonly ScriptedSource _source = new("npo");
    private readonly List<string> _confirmed = [];
    private TimeSpan? _interval = TimeSpan.FromDays(7);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task What_was_missed_is_found_mended_and_reported()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        // 2 was withdrawn and 5 added without a word, and 3 has another hash.
        _source.Enqueue(new ListPage { Upserts = [.. Page("r", null, 1, 4, 5).Upserts, Entry(3, hash: 30)], Removals = [Removal(2)], Cursor = "r", CompleteThrough = Now });

        Assert.False(await ReconcileAsync(host));
        await RefreshAsync(host);

        Assert.Equal((3, null), (host.Status.Drift, host.Status.LastError));
        Assert.Equal(Now - TimeSpan.FromHours(1), host.Status.ReconciledAt);
        Assert.Equal([1, 4, 5, 30], Found(host));
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Error, Id.Id: 109 });
        // A restart knows of it, and a week has to pass again.
        using var second = Host();
        await second.Manager.LoadAsync();
        Assert.Equal(3, second.Status.Drift);
        Assert.False(await ReconcileAsync(second));
    }

    [Fact]
    public async Task What_one_reading_overlooks_stays_and_what_two_do_not_bring_goes()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5, 6, 7);
        await ReadAnewAsync(host, 1, 2, 3, 4, 5);
        Assert.Equal((0, 7), (host.Status.Drift, host.Status.Entries));
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 125 });

        // A day later it is read again, by a process that was restarted: 6 is there after all, 7 is not, and now 5 is not.
        using var second = Host();
        await second.Manager.LoadAsync();
        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await IsNotDueAsync(second);
        _time.Advance(TimeSpan.FromTicks(1));
        await ReadAnewAsync(second, 1, 2, 3, 4, 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], Found(second));
        Assert.Equal((1, 6), (second.Status.Drift, second.Status.Entries));
        // A refresh brings 5, and nothing is left to be decided before its time.
        _source.Enqueue(Page("d", Now, 5));
        await second.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(2));
        await IsNotDueAsync(second);
    }

    [Fact]
    public async Task What_was_left_undecided_is_decided_although_the_routine_is_switched_off()
    {
        using (var host = Host())
        {
            await FillAsync(host, 1, 2, 3, 4, 5);
            await ReadAnewAsync(host, 1, 2, 3, 4);
        }
        _interval = null;
        using var second = Host();
        await second.Manager.LoadAsync();
        _time.Advance(TimeSpan.FromDays(1));

        await ReadAnewAsync(second, 1, 2, 3, 4);

        Assert.Equal([1, 2, 3, 4], Found(second));
        _time.Advance(TimeSpan.FromDays(2));
        await IsNotDueAsync(second);
    }

    [Fact]
    public async Task A_reading_that_goes_back_to_its_beginning_is_one_reading()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(5));
        _source.Enqueue(Page("1", null, 1), Page("r1", null));
        Assert.True(await ReconcileAsync(host));
        _source.OnPage = null;

        // The registry no longer knows the place; 4 is overlooked, once.
        _source.Enqueue(Reading(1, 2, 3));
        Assert.False(await ReconcileAsync(host));
        await RefreshAsync(host);

        Assert.Equal((0, 4), (host.Status.Drift, host.Status.Entries));
    }

    [Fact]
    public async Task A_list_that_is_as_it_should_be_costs_no_index()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3);
        var index = host.Catalog.Current[0].Index;
        _source.Enqueue(Page("1", null, 1, 2), Page("r", Now, 3));

        Assert.False(await ReconcileAsync(host));
        await RefreshAsync(host);

        Assert.Equal((0, Now - TimeSpan.FromHours(1)), (host.Status.Drift, host.Status.ReconciledAt));
        Assert.Same(index, host.Catalog.Current[0].Index);
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task It_is_not_done_before_its_time_and_never_to_a_list_that_was_not_read()
    {
        using var host = Host();
        Assert.False(await ReconcileAsync(host));
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));

        Assert.False(await ReconcileAsync(host));

        Assert.Single(_source.Cursors);
    }

    [Fact]
    public async Task It_can_be_switched_off_and_says_so_once_and_a_doubt_is_compared_all_the_same()
    {
        _interval = null;
        using var host = Host();
        await FillAsync(host, 1, 2);
        _time.Advance(TimeSpan.FromDays(365));
        for (var i = 0; i < 2; i++) await IsNotDueAsync(host);
        Assert.Single(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Information, Id.Id: 132 });
        Assert.Null(host.Status.ReconcileError);

        _source.Enqueue(new ListPage { Cursor = "d2", RereadFrom = "before", CompleteThrough = Now });
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(12));
        _source.Enqueue(Page("d3", Now));
        await host.RefreshAsync();
        _source.Enqueue(Page("d3", Now, 3));
        Assert.False(await ReconcileAsync(host));
        Assert.Equal("before", _source.Cursors[^1]);
        await RefreshAsync(host);

        Assert.Equal([1, 2, 3], Found(host));
        Assert.Equal((1, null), (host.Status.Drift, host.Status.ReconciledAt));
    }

    [Theory]
    [InlineData("""{"Sync":{"ReconcileInterval":null}}""", null)]
    [InlineData("""{"Sync":{"ReconcileInterval":""}}""", null)]
    [InlineData("""{"Sync":{"ReconcileInterval":"7.00:00:00"}}""", 7)]
    [InlineData("""{"Sync":{}}""", 30)]
    public void A_configuration_says_so_with_null_or_nothing(string json, int? days)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var section = new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Sync");
        using var host = new SyncHost(_time, builder =>
        {
            builder.Services.AddSingleton<IListStore>(_store).AddSingleton<IListSource>(_source);
            builder.Services.Configure<SyncOptions>(section);
        });

        host.Get<IStartupValidator>().Validate();

        Assert.Equal(days, host.Get<IOptionsMonitor<SyncOptions>>().CurrentValue.ReconcileInterval?.Days);
    }

    [Fact]
    public async Task The_default_is_thirty_days()
    {
        _interval = new SyncOptions().ReconcileInterval;
        using var host = Host();
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        await IsNotDueAsync(host);
        _time.Advance(TimeSpan.FromTicks(1));
        await ReadAnewAsync(host, 1);
        Assert.Equal(Now - TimeSpan.FromHours(1), host.Status.ReconciledAt);
    }

    [Fact]
    public async Task Refreshes_go_on_beside_it_and_no_half_list_is_served()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        var began = Now;
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(5));

        // The reading sees 1; then 3 changes, and leaves the part that is yet to be read.
        _source.Enqueue(Page("1", null, 1), Page("r1", null), Page("never asked for", null, 99));
        Assert.True(await ReconcileAsync(host));
        Assert.Equal(4, host.Status.Entries);
        _source.Enqueue(new ListPage { Upserts = [Changed(3, hash: 30)], Cursor = "d1", CompleteThrough = Now });
        await host.RefreshAsync();
        Assert.Equal((4, Now - TimeSpan.FromSeconds(5)), (host.Status.Entries, host.Status.CompleteThrough));
        Assert.True(Finds(host, 30));

        // A restart goes on where it was. What changed meanwhile and is read here first is no drift.
        using var second = Host();
        await second.Manager.LoadAsync();
        _source.Enqueue(new ListPage { Upserts = [.. Page("x", null, 2).Upserts, Changed(4, hash: 40)], Cursor = "r2", CompleteThrough = Now });
        Assert.False(await ReconcileAsync(second));
        Assert.Equal("r1", _source.Cursors[^1]);
        _source.Enqueue(Page("d2", Now));
        await second.RefreshAsync();
        Assert.Null(second.Status.ReconciledAt);
        await RefreshAsync(second);

        Assert.Equal((0, 4), (second.Status.Drift, second.Status.Entries));
        Assert.Equal([1, 2, 30, 40], Found(second));
        Assert.True(second.Status.ReconciledAt >= began);
    }

    [Fact]
    public async Task A_failure_leaves_list_and_place_as_they_were()
    {
        using var host = Host();
        await FillAsync(host, 1, 2);
        _source.Enqueue([null]);

        Assert.False(await ReconcileAsync(host));
        _source.Enqueue(Page("1", Now, 1, 2));
        Assert.False(await ReconcileAsync(host));
        await RefreshAsync(host);

        Assert.Equal((2, 0), (host.Status.Entries, host.Status.Drift));
        Assert.NotNull(host.Status.ReconciledAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_that_loses_more_than_half_is_kept_until_that_is_confirmed(bool isReconciled)
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5);
        if (isReconciled)
        {
            _source.Enqueue(Reading(1, 2));
            await ReconcileAsync(host);
            _time.Advance(TimeSpan.FromHours(1));
            _source.Enqueue(Page("2", Now));
        }
        else
        {
            _source.Enqueue(Page("1", Now, 1, 2));
            Assert.Null((await host.RefreshAsync()).Error);
            _time.Advance(TimeSpan.FromMinutes(5));
            _source.Enqueue(Page("2", Now));
        }

        var held = await host.RefreshAsync();
        Assert.Contains("3 of the 5 entries", held.Error, StringComparison.Ordinal);
        Assert.Equal((5, held.Error, Now), (host.Status.Entries, host.Status.LastError, host.Status.CompleteThrough));
        _source.Enqueue(Page("3", Now));
        Assert.Equal(held.Error, (await host.RefreshAsync()).Error);

        _confirmed.Add("npo");
        using var confirmed = Host();
        _source.Enqueue(Page("4", Now));
        Assert.Null((await confirmed.RefreshAsync()).Error);
        Assert.Equal((2, isReconciled ? 3 : 0), (confirmed.Status.Entries, confirmed.Status.Drift));
        // From then on the confirmation only stands in the guard's way, and that is said once.
        Assert.DoesNotContain(confirmed.Logs.GetSnapshot(), record => record.Id.Id == 126);
        for (var i = 0; i < 2; i++) await RefreshAsync(confirmed);
        Assert.Single(confirmed.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 126 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_that_is_kept_because_it_lost_too_much_is_read_again_and_the_registry_may_think_better_of_it(bool isReconciled)
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5);
        _source.Enqueue(Reading(1, 2));
        if (isReconciled) await ReconcileAsync(host);
        else await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        _source.Enqueue(Page("2", Now));
        Assert.NotNull((await host.RefreshAsync()).Error);
        await IsNotDueAsync(host);

        _time.Advance(TimeSpan.FromDays(1));
        await ReadAnewAsync(host, 1, 2, 3, 4);

        // What a comparison did not bring has to be missed once more; the other reading was one already.
        Assert.Equal(isReconciled ? [1, 2, 3, 4, 5] : [1, 2, 3, 4], Found(host));
        Assert.Equal(isReconciled ? 0 : 1, host.Status.Drift);
    }

    [Fact]
    public async Task A_store_that_is_begun_anew_while_it_is_read_makes_no_empty_list()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3);
        _store.IsBegunAnew = true;
        _source.Enqueue(Page("d2", Now, 4));

        Assert.Contains("changed while it was read", (await host.RefreshAsync()).Error, StringComparison.Ordinal);

        Assert.Equal([1, 2, 3], Found(host));
        _store.IsBegunAnew = false;
        await RefreshAsync(host);
        Assert.Equal([1, 2, 3, 4], Found(host));
    }

    [Fact]
    public async Task An_entry_that_loses_its_hashes_while_the_list_is_compared_goes_at_once()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        _source.OnPage = () => _time.Advance(TimeSpan.FromSeconds(5));
        _source.Enqueue(Page("1", null, 1), Page("r1", null));
        Assert.True(await ReconcileAsync(host));

        _source.Enqueue(new ListPage { Removals = [Removal(4, isWithdrawn: false)], Cursor = "d", CompleteThrough = Now });
        await host.RefreshAsync();

        Assert.Equal([1, 2, 3], Found(host));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_reading_that_a_crash_interrupts_is_one_reading(int stored)
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        _store.FailsAfter = stored;
        _source.Enqueue(Reading(1, 2));
        Assert.False(await ReconcileAsync(host));
        Assert.Contains(host.Logs.GetSnapshot(), record => record.Id.Id == 115);
        _store.FailsAfter = int.MaxValue;

        using var second = Host();
        await second.Manager.LoadAsync();
        _source.Enqueue(Page("d", Now));
        await second.RefreshAsync();
        await ReadAnewAsync(second, 1, 2, 3);

        Assert.Equal([1, 2, 3, 4], Found(second));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_was_set_back_makes_it_due_and_begins_it_anew(bool isUnderWay)
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3);
        if (isUnderWay)
        {
            _source.Enqueue(Reading(1));
            await ReconcileAsync(host);
        }
        _time.AdjustTime(Now.AddDays(-30));
        _source.Enqueue(Page("2", Now));
        await host.RefreshAsync();

        await ReadAnewAsync(host, 1, 2, 3, 4);

        Assert.Equal((4, Now - TimeSpan.FromHours(1)), (host.Status.Entries, host.Status.ReconciledAt));
        Assert.Null(_source.Cursors[^2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_did_not_come_stays_while_it_may_be_what_came_malformed(bool isReconciled)
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5);
        ListPage[] reading =
        [
            new() { Upserts = Page("", null, 1, 2).Upserts, StartsOver = true, Rejected = 1, Cursor = "r1" },
            new() { Upserts = Page("", null, 3, 4).Upserts, Cursor = "r2", CompleteThrough = Now },
        ];
        _source.Enqueue(reading);
        if (isReconciled) Assert.False(await ReconcileAsync(host));
        else Assert.Equal(1, (await host.RefreshAsync()).Rejected);
        await RefreshAsync(host);

        Assert.Equal([1, 2, 3, 4, 5], Found(host));
        Assert.Equal((isReconciled, 0), (host.Status.ReconciledAt is not null, host.Status.Drift));
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 104 });
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 118 });

        // A restart knows of it, and the next reading from the beginning settles it.
        using var second = Host();
        _time.Advance(TimeSpan.FromDays(7));
        await RefreshAsync(second);
        _source.Enqueue(Reading(1, 2, 3, 4));
        Assert.False(await ReconcileAsync(second));
        await RefreshAsync(second);
        Assert.Equal([1, 2, 3, 4], Found(second));
        Assert.Equal(1, second.Status.Drift);
    }

    [Fact]
    public async Task A_malformed_record_after_the_reading_says_nothing_of_it()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5);
        _source.Enqueue(Page("1", Now, 1, 2));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        _source.Enqueue(Page("2", Now));
        var held = await host.RefreshAsync();
        Assert.NotNull(held.Error);

        _source.Enqueue(new ListPage { Rejected = 1, Cursor = "d2", CompleteThrough = Now });

        Assert.Equal(held.Error, (await host.RefreshAsync()).Error);
    }

    [Fact]
    public async Task A_list_whose_entries_lose_their_hashes_is_kept_while_it_is_read_anew()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4, 5);
        _source.Enqueue(new ListPage
        {
            Upserts = Page("", null, 1, 2).Upserts,
            Removals = [Removal(3, isWithdrawn: false), Removal(4, isWithdrawn: false), Removal(5, isWithdrawn: false)],
            StartsOver = true,
            Cursor = "r",
            CompleteThrough = Now,
        });
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        _source.Enqueue(new ListPage { Removals = [Removal(1, isWithdrawn: false)], Cursor = "2", CompleteThrough = Now });

        Assert.Contains("3 of the 4 entries", (await host.RefreshAsync()).Error, StringComparison.Ordinal);

        // One that was seen since, and lost its hashes after that, is gone.
        Assert.Equal([2, 3, 4, 5], Found(host));
    }

    [Fact]
    public async Task Tombstones_may_take_as_many_as_they_like()
    {
        using var host = Host();
        await FillAsync(host, 1, 2, 3, 4);
        _source.Enqueue(new ListPage { Removals = [.. Page("", null, 1, 2, 3).Upserts.Select(entry => new ListRemoval(entry.Key))], Cursor = "2", CompleteThrough = Now });

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1, host.Status.Entries);
    }

    [Fact]
    public async Task The_service_does_it_when_it_is_time()
    {
        using var host = Host();
        await FillAsync(host, 1, 2);
        _source.Enqueue(Page("1", Now, 1, 2));
        var service = host.Get<IEnumerable<IHostedService>>().OfType<ListReconcileService>().Single();

        await service.StartAsync(default);
        for (var i = 0; i < 1000 && _source.Cursors.Count < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }
        Assert.Null(_source.Cursors[2]);
        await service.StopAsync(default);
    }

    /// <summary>Lets the list be read, and a week pass, with a refresh at its end.</summary>
    private async Task FillAsync(SyncHost host, params int[] entries)
    {
        _source.Enqueue(Page("1", Now, entries));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(7));
        _source.Enqueue(Page("d1", Now));
        await host.RefreshAsync();
    }

    private async Task RefreshAsync(SyncHost host)
    {
        _time.Advance(TimeSpan.FromHours(1));
        _source.Enqueue(Page("2", Now));
        Assert.Null((await host.RefreshAsync()).Error);
    }

    /// <summary>All of the registry on one page.</summary>
    private ListPage Reading(params int[] entries) => new() { Upserts = Page("", null, entries).Upserts, StartsOver = true, Cursor = "r", CompleteThrough = Now };

    /// <summary>The registry is read from its beginning, brings these entries, and is refreshed an hour later.</summary>
    private async Task ReadAnewAsync(SyncHost host, params int[] entries)
    {
        _source.Enqueue(Reading(entries));
        Assert.False(await ReconcileAsync(host));
        Assert.Null(_source.Cursors[^1]);
        await RefreshAsync(host);
    }

    private async Task IsNotDueAsync(SyncHost host)
    {
        var asked = _source.Cursors.Count;
        Assert.False(await ReconcileAsync(host));
        Assert.Equal(asked, _source.Cursors.Count);
    }

    /// <summary>A store of which the disk fails.</summary>
    private sealed class FallibleStore : IListStore
    {
        private readonly InMemoryListStore _inner = new();

        /// <summary>Whether it is set aside between being asked of the list and being read.</summary>
        public bool IsBegunAnew { get; set; }

        /// <summary>How many pages are stored yet.</summary>
        public int FailsAfter { get; set; } = int.MaxValue;

        public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default) => _inner.GetNamesAsync(cancellationToken);

        public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default) => _inner.FindAsync(list, cancellationToken);

        public IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default) =>
            _inner.ReadEntriesAsync(IsBegunAnew ? "nothing yet" : list, cancellationToken);

        public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default) =>
            _inner.CountBeforeAsync(list, generation, cancellationToken);

        public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default) =>
            FailsAfter-- > 0 ? _inner.ApplyAsync(list, change, cancellationToken) : throw new ListStoreException("the disk failed");
    }

    private static Task<bool> ReconcileAsync(SyncHost host) => host.Get<ListManager>().Managed.Single().ReconcileAsync(default);

    private ListEntry Changed(int number, int hash) => Entry(number, hash, Now);

    private static ListEntry Entry(int number, int hash, DateTimeOffset timestamp = default) =>
        new() { Key = new EntryKey("42", $"{number}"), Media = MediaKind.Image, Hashes = [Hash(hash)], Timestamp = timestamp };

    private static ListRemoval Removal(int number, bool isWithdrawn = true) => new(new EntryKey("42", $"{number}"), DateTimeOffset.UnixEpoch, isWithdrawn);

    private static IEnumerable<int> Found(SyncHost host) => Enumerable.Range(1, 40).Where(number => Finds(host, number));

    private static bool Finds(SyncHost host, int number) => host.Finds(HashKind.Md5, Hash(number).ToHexString());

    private SyncHost Host() => new(_time, builder =>
    {
        builder.Services.AddSingleton<IListStore>(_store).AddSingleton<IListSource>(_source);
        builder.Services.Configure<SyncOptions>(options =>
        {
            options.ReconcileInterval = _interval;
            foreach (var list in _confirmed) options.ConfirmedShrinks.Add(list);
        });
    });
}
