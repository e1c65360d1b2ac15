namespace TakeItDown.Matching.Tests.Registries.Ncmec;

public sealed class NcmecListSourceTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await FakeRegistry.StartAsync(_time);

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Reads_every_page_of_pictures_and_videos_with_every_kind_of_hash()
    {
        _registry.PageSize = 3;
        for (var i = 0; i < 10; i++) Put(i, isVideo: i % 2 == 1);
        using var host = new SyncHost(_time, _registry);

        var result = await host.RefreshAsync();

        Assert.Equal(new RefreshResult("test", 10, 0, 0, null), result);
        for (var i = 0; i < 10; i++)
        {
            foreach (var kind in Kinds) Assert.True(host.Finds(kind, SyncHost.Hex(kind, i)), $"{kind} of entry {i}");
        }
        Assert.Equal(ListFreshness.Fresh, host.Status.Freshness);
        Assert.Equal("platform:correct horse", _registry.LastCredentials);
    }

    [Fact]
    public async Task Every_hash_of_an_entry_is_found_and_an_id_may_hold_a_slash()
    {
        _registry.Put(new FakeEntry("42", "a/b", _time.GetUtcNow() - TimeSpan.FromDays(1), [.. Enumerable.Range(0, 8).Select(i => ("pdq", SyncHost.Hex(HashKind.Pdq, i)))]));
        using var host = new SyncHost(_time, _registry);

        await host.RefreshAsync();

        for (var i = 0; i < 8; i++) Assert.True(host.Finds(HashKind.Pdq, SyncHost.Hex(HashKind.Pdq, i)), $"hash {i}");
        Assert.Equal(new EntryKey("42", "a/b"), host.Catalog.Current[0].Index.GetEntry(0).Key);
    }

    [Fact]
    public async Task A_refresh_without_changes_is_one_request_and_no_new_index()
    {
        Put(1);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        var (index, through) = (host.Catalog.Current[0].Index, host.Status.CompleteThrough);
        _registry.Requests.Clear();
        _time.Advance(TimeSpan.FromHours(1));

        await host.RefreshAsync();

        Assert.Single(_registry.Requests);
        Assert.Same(index, host.Catalog.Current[0].Index);
        Assert.Equal(through + TimeSpan.FromHours(1), host.Status.CompleteThrough);
    }

    [Fact]
    public async Task Withdrawn_and_changed_entries_leave_store_and_index_for_every_kind_of_hash()
    {
        Put(1);
        Put(2, isVideo: true);
        Put(3);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));

        _registry.Put(new FakeEntry("42", "entry-1", _time.GetUtcNow() - TimeSpan.FromMinutes(1)) { IsDeleted = true });
        _registry.Put(new FakeEntry("42", "entry-2", _time.GetUtcNow() - TimeSpan.FromMinutes(1)) { IsDeleted = true, IsVideo = true });
        _registry.Put(new FakeEntry("42", "unknown", _time.GetUtcNow() - TimeSpan.FromMinutes(1)) { IsDeleted = true });
        _registry.Put(new FakeEntry("42", "entry-3", _time.GetUtcNow() - TimeSpan.FromMinutes(1), ("md5", SyncHost.Hex(HashKind.Md5, 4))));
        var result = await host.RefreshAsync();

        Assert.Equal((1, 2), (result.Upserts, result.Removals));
        foreach (var kind in Kinds)
        {
            for (var i = 1; i <= 3; i++) Assert.False(host.Finds(kind, SyncHost.Hex(kind, i)), $"{kind} of entry {i} is live");
        }
        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 4)));
        Assert.Equal(1, (await host.Store.FindAsync("test"))!.Entries);

        // And an entry that was changed before takes its new hashes with it.
        _time.Advance(TimeSpan.FromHours(1));
        _registry.Put(new FakeEntry("42", "entry-3", _time.GetUtcNow() - TimeSpan.FromMinutes(1)) { IsDeleted = true });
        await host.RefreshAsync();
        Assert.False(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 4)));
        Assert.Equal((0, HashKinds.None), (host.Status.Entries, host.Catalog.Current[0].Index.Kinds));
    }

    [Fact]
    public async Task An_entry_that_lost_its_usable_hashes_leaves_the_list()
    {
        Put(1);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        _registry.Put(new FakeEntry("42", "entry-1", _time.GetUtcNow() - TimeSpan.FromMinutes(1), ("pdna", "AAAA")));

        await host.RefreshAsync();

        Assert.Equal(0, host.Status.Entries);
    }

    [Fact]
    public async Task Only_members_and_kinds_that_were_asked_for_are_kept()
    {
        Put(1);
        _registry.Put(new FakeEntry("7", "other", _time.GetUtcNow() - TimeSpan.FromDays(1), ("md5", SyncHost.Hex(HashKind.Md5, 9))));
        using var host = new SyncHost(_time, _registry, options =>
        {
            options.Members.Add("42");
            options.Kinds = HashKinds.Md5 | HashKinds.Pdq;
        });

        await host.RefreshAsync();

        Assert.Equal(1, host.Status.Entries);
        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 1)));
        Assert.False(host.Finds(HashKind.Sha1, SyncHost.Hex(HashKind.Sha1, 1)));
        Assert.False(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 9)));
    }

    [Fact]
    public async Task Another_choice_of_members_reads_the_history_again_and_drops_what_is_no_longer_asked_for()
    {
        Put(1);
        _registry.Put(new FakeEntry("7", "other", _time.GetUtcNow() - TimeSpan.FromDays(400), ("md5", SyncHost.Hex(HashKind.Md5, 9))));
        var store = new Matching.Storage.InMemoryListStore();
        using (var first = new SyncHost(_time, _registry, options => options.Members.Add("42"), store)) await first.RefreshAsync();

        using var second = new SyncHost(_time, _registry, options => options.Members.Add("7"), store);
        await second.Manager.LoadAsync();
        Assert.True(second.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 1)));
        Assert.Equal(1, (await second.RefreshAsync()).Upserts);
        Assert.True(second.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 9)));

        // What the reading did not bring may have moved meanwhile, and come a little later.
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, (await second.RefreshAsync()).Removals);
        Assert.False(second.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 1)));
    }

    [Fact]
    public async Task A_window_ends_before_now_by_the_registrys_clock_and_overlaps_the_one_before()
    {
        _registry.Skew = TimeSpan.FromMinutes(-10);
        Put(1);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        await host.RefreshAsync();

        var windows = _registry.Requests.Select(Window).ToList();
        var first = new DateTimeOffset(2026, 3, 1, 11, 49, 57, TimeSpan.Zero);
        // The first request goes by our clock and so too far; nothing but the registry's clock counts from then on.
        Assert.Equal((DateTimeOffset.UnixEpoch, first + TimeSpan.FromMinutes(10)), windows[0]);
        Assert.Equal((DateTimeOffset.UnixEpoch, first), windows[1]);
        Assert.Equal((first - TimeSpan.FromMinutes(1), first + TimeSpan.FromHours(1)), windows[2]);
        Assert.Equal(first + TimeSpan.FromHours(1), host.Status.CompleteThrough);
        Assert.Equal(3, windows.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(-10)]
    public async Task A_window_ends_two_seconds_before_the_registrys_now_so_that_what_is_being_written_there_is_read_next(int secondsAhead)
    {
        _registry.Skew = TimeSpan.FromSeconds(secondsAhead);
        var served = new List<DateTimeOffset>();
        _registry.Fault = _ =>
        {
            served.Add(_time.GetUtcNow() + _registry.Skew);
            return Task.FromResult(false);
        };
        using var host = new SyncHost(_time, _registry);
        // An entry that the registry stamps two seconds ago, and shows only after the window was read.
        var stamp = _time.GetUtcNow() + _registry.Skew - TimeSpan.FromSeconds(1.9);
        await host.RefreshAsync();
        var (to, now) = (Window(_registry.Requests.Last()).To, served[^1]);
        Assert.InRange(now - to, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.Equal(to, host.Status.CompleteThrough);
        Assert.True(to < stamp);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60 * 24 * 400)]
    public async Task A_registrys_clock_that_is_set_right_hides_no_entry(int minutesAhead)
    {
        _registry.Skew = TimeSpan.FromMinutes(minutesAhead);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        await host.RefreshAsync();
        _registry.Skew = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromMinutes(1));
        _registry.Put(new FakeEntry("42", "new", _time.GetUtcNow(), ("md5", SyncHost.Hex(HashKind.Md5, 5))));
        _time.Advance(TimeSpan.FromMinutes(29));

        await host.RefreshAsync();

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 5)));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(3), host.Status.CompleteThrough);
    }

    [Fact]
    public async Task A_proxys_clock_that_is_ahead_of_the_registrys_hides_no_entry()
    {
        _registry.Skew = TimeSpan.FromMinutes(4.9);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        _registry.Put(new FakeEntry("42", "new", _time.GetUtcNow(), ("md5", SyncHost.Hex(HashKind.Md5, 5))));
        _time.Advance(TimeSpan.FromMinutes(30));

        await host.RefreshAsync();

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 5)));
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Id.Id == 112);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_registrys_clock_that_is_set_back_between_two_pages_hides_no_entry(bool restarts)
    {
        (_registry.PageSize, _registry.Skew) = (2, TimeSpan.FromMinutes(10));
        var store = new Matching.Storage.InMemoryListStore();
        using var first = new SyncHost(_time, _registry, store: store);
        await first.RefreshAsync();
        _time.Advance(TimeSpan.FromMinutes(30));
        for (var i = 0; i < 6; i++) Put(i, age: TimeSpan.FromDays(-1));
        _registry.Requests.Clear();
        _registry.Fault = context =>
        {
            if (_registry.Requests.Count != 2) return Task.FromResult(false);
            _registry.Skew = TimeSpan.Zero;
            if (restarts) context.Response.StatusCode = 401;
            return Task.FromResult(restarts);
        };
        Assert.Equal(restarts, (await first.RefreshAsync()).Error is not null);
        using var host = new SyncHost(_time, _registry, store: store);
        if (restarts) Assert.Null((await host.RefreshAsync()).Error);
        _time.Advance(TimeSpan.FromMinutes(1));
        _registry.Put(new FakeEntry("42", "new", _time.GetUtcNow(), ("md5", SyncHost.Hex(HashKind.Md5, 7))));
        _time.Advance(TimeSpan.FromMinutes(29));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 7)));
    }

    [Fact]
    public async Task A_clock_of_ours_that_is_set_back_hides_no_entry_even_where_the_registry_tells_no_time()
    {
        WithDate("none");
        Put(1);
        using var host = new SyncHost(_time, _registry);
        _time.Advance(TimeSpan.FromDays(30));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(-30));
        Put(2);
        _time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 2)));
        Assert.Equal((2, _time.GetUtcNow() - TimeSpan.FromSeconds(3)), (host.Status.Entries, host.Status.CompleteThrough));
        _registry.Requests.Clear();
        await host.RefreshAsync();
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public async Task A_clock_of_ours_that_is_set_back_costs_no_entry_though_everything_is_read_again()
    {
        WithDate("none");
        for (var i = 1; i <= 3; i++) Put(i, age: TimeSpan.FromDays(i == 1 ? 1 : 100));
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(-20));

        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await host.RefreshAsync()).Error);
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Contains(_registry.Requests.Skip(1), request => request.Contains("from=1970", StringComparison.Ordinal));
        Assert.Equal(3, host.Status.Entries);
    }

    [Fact]
    public async Task A_registrys_clock_that_is_minutes_ahead_is_not_taken_for_one_that_was_set_back()
    {
        _registry.Skew = TimeSpan.FromMinutes(2);
        Put(1);
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _registry.Requests.Clear();
        // Ours is set back.
        _registry.Skew = TimeSpan.FromMinutes(6);
        _time.Advance(TimeSpan.FromMinutes(-4));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.DoesNotContain(_registry.Requests, request => request.Contains("from=1970", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registrys_clock_that_was_ahead_and_is_heard_no_longer_hides_no_entry()
    {
        _registry.Skew = TimeSpan.FromHours(1);
        Put(1, age: TimeSpan.FromHours(5));
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        _registry.Skew = TimeSpan.Zero;
        WithDate("none");
        _time.Advance(TimeSpan.FromMinutes(20));
        Put(2, age: TimeSpan.FromMinutes(10) - TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 2)));
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    public async Task A_date_that_cannot_be_is_as_good_as_none(string date)
    {
        WithDate(date);
        Put(1);
        var store = new Matching.Storage.InMemoryListStore();
        using (var first = new SyncHost(_time, _registry, store: store)) Assert.Null((await first.RefreshAsync()).Error);
        Put(2, age: TimeSpan.FromMinutes(-10) - TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromHours(1));
        _registry.Fault = null;

        using var second = new SyncHost(_time, _registry, store: store);
        Assert.Null((await second.RefreshAsync()).Error);

        Assert.Equal(2, second.Status.Entries);
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(3), second.Status.CompleteThrough);
    }

    [Fact]
    public async Task An_entry_that_shows_late_is_caught_by_the_overlap()
    {
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        var late = _time.GetUtcNow() - TimeSpan.FromSeconds(30);
        _registry.Put(new FakeEntry("42", "late", late, ("md5", SyncHost.Hex(HashKind.Md5, 5))));
        _time.Advance(TimeSpan.FromHours(1));

        await host.RefreshAsync();

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 5)));
    }

    [Fact]
    public async Task A_flood_in_one_second_is_read_in_full()
    {
        _registry.PageSize = 100;
        for (var i = 0; i < 950; i++) Put(i);
        using var host = new SyncHost(_time, _registry);

        await host.RefreshAsync();

        Assert.Equal(950, host.Status.Entries);
    }

    [Theory]
    [InlineData(FakeMaximum.Total, 330)]
    [InlineData(FakeMaximum.PageEnd, 1200)]
    [InlineData(FakeMaximum.None, 1200)]
    public async Task A_dense_history_is_read_in_windows_of_few_pages(FakeMaximum maximum, int mostRequests)
    {
        (_registry.PageSize, _registry.Maximum) = (2, maximum);
        for (var i = 0; i < 600; i++) Put(i, age: TimeSpan.FromDays(i * 3));
        using var host = new SyncHost(_time, _registry);
        var progress = new List<double?>();

        var result = await host.RefreshAsync(new Reporter(report => progress.Add(report.Fraction)));

        Assert.Null(result.Error);
        Assert.Equal(600, host.Status.Entries);
        Assert.InRange(_registry.Requests.CountBy(Window).Max(window => window.Value), 1, 100);
        Assert.InRange(_registry.Requests.Count, 300, mostRequests);
        Assert.Equal(1, progress[^1]);
    }

    [Theory]
    [InlineData(FakeMaximum.Total)]
    [InlineData(FakeMaximum.PageEnd)]
    public async Task Progress_only_grows(FakeMaximum maximum)
    {
        (_registry.PageSize, _registry.Maximum) = (2, maximum);
        for (var i = 0; i < 300; i++) Put(i, age: TimeSpan.FromDays(i * 3));
        using var host = new SyncHost(_time, _registry);
        var progress = new List<double>();

        await foreach (var page in host.Get<IListSource>().ReadAsync(null)) progress.Add(page.Progress!.Value);

        Assert.Equal(progress.Order(), progress);
        Assert.InRange(progress.Distinct().Count(), 3, int.MaxValue);
    }

    private sealed class Reporter(Action<RefreshProgress> report) : IProgress<RefreshProgress>
    {
        public void Report(RefreshProgress value) => report(value);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(string request)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request[(request.IndexOf('?') + 1)..]);
        return (DateTimeOffset.Parse(query["from"]!), DateTimeOffset.Parse(query["to"]!));
    }

    private static readonly HashKind[] Kinds = [HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq];

    private void WithDate(string date) => _registry.Fault = context =>
    {
        context.Response.Headers.Date = date;
        return Task.FromResult(false);
    };

    private void Put(int number, bool isVideo = false, TimeSpan age = default) => _registry.Put(new FakeEntry(
        "42", $"entry-{number}", _time.GetUtcNow() - TimeSpan.FromDays(1) - age, [.. Kinds.Select(kind => (kind.ToName(), SyncHost.Hex(kind, number)))])
    {
        IsVideo = isVideo,
    });
}
