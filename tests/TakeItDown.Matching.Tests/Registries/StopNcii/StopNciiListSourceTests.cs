using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Registries.StopNcii;
using TakeItDown.Matching.Storage;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries.StopNcii;

public sealed class StopNciiListSourceTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private readonly InMemoryListStore _store = new();
    private FakeStopNcii _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await FakeStopNcii.StartAsync(_time);

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Reads_every_page_of_pictures_and_videos()
    {
        _registry.PageSize = 3;
        for (var i = 0; i < 5; i++)
        {
            Put(i, HashKind.Pdq, i % 2 == 0 ? "Active" : "Received");
            Put(i, HashKind.Md5);
        }
        using var host = Host();

        var result = await host.RefreshAsync();

        Assert.Equal(new RefreshResult("test", 10, 0, 0, null), result);
        for (var i = 0; i < 5; i++) Assert.True(Finds(host, i, HashKind.Pdq) && Finds(host, i, HashKind.Md5));
        Assert.Equal((4, "a b"), (_registry.Requests.Count, _registry.LastKeys));
        Assert.Equal(_time.GetUtcNow(), host.Status.CompleteThrough);
        await foreach (var entry in _store.ReadEntriesAsync("test"))
            Assert.Equal(entry.Hashes[0].Kind == HashKind.Pdq ? MediaKind.Image : MediaKind.Video, entry.Media);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(null)]
    public async Task A_count_that_is_not_that_of_the_records_is_a_warning_and_a_reason_to_compare(int? difference)
    {
        (_registry.PageSize, _registry.Miscount, _registry.HasCount) = (3, difference ?? 0, difference is not null);
        for (var i = 0; i < 20; i++) Put(i, HashKind.Pdq);
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 20), (host.Status.Freshness, host.Status.Entries));
        Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 130);
        // Seven pages, three of them asked for twice.
        Assert.Equal(10, _registry.Requests.Count);
        Assert.NotNull(Matching.Lists.ListCursor.Parse((await _store.FindAsync("test"))!.Cursor, default)!.Doubt);
    }

    [Fact]
    public async Task A_count_that_is_wrong_once_leaves_no_doubt()
    {
        Put(1, HashKind.Pdq);
        _registry.Fault = First(1, context => FakeStopNcii.WriteAsync(context, new { count = 1, hasMoreRecords = false, hashRecords = Array.Empty<object>() }));
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1, host.Status.Entries);
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Id.Id == 130);
    }

    [Theory]
    [InlineData("Withdrawn")]
    [InlineData("withdrawn")]
    [InlineData("Deleted")]
    [InlineData("DELETED")]
    public async Task What_is_withdrawn_or_deleted_leaves_store_and_index(string status)
    {
        Put(1, HashKind.Pdq);
        Put(1, HashKind.Md5);
        Put(2, HashKind.Pdq);
        using var host = Host();
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        foreach (var kind in (HashKind[])[HashKind.Pdq, HashKind.Md5]) Put(1, kind, status, age: TimeSpan.FromMinutes(1));

        var result = await host.RefreshAsync();

        Assert.Equal((0, 2), (result.Upserts, result.Removals));
        Assert.False(Finds(host, 1, HashKind.Pdq) || Finds(host, 1, HashKind.Md5));
        Assert.True(Finds(host, 2, HashKind.Pdq));
        Assert.Equal(1, (await _store.FindAsync("test"))!.Entries);
    }

    [Fact]
    public async Task A_refresh_without_changes_is_one_request_and_no_new_index()
    {
        Put(1, HashKind.Pdq, age: TimeSpan.FromSeconds(10));
        using var host = Host();
        await host.RefreshAsync();
        var index = host.Catalog.Current[0].Index;
        _registry.Requests.Clear();
        _time.Advance(TimeSpan.FromHours(1));

        await host.RefreshAsync();

        Assert.Single(_registry.Requests);
        Assert.Same(index, host.Catalog.Current[0].Index);
        Assert.Equal(_time.GetUtcNow(), host.Status.CompleteThrough);
    }

    [Fact]
    public async Task What_changes_while_a_set_is_paged_through_is_read_with_the_next()
    {
        _registry.PageSize = 1;
        Put(1, HashKind.Pdq);
        Put(2, HashKind.Pdq);
        var late = 0;
        _registry.Fault = context =>
        {
            // Too late for the set, and before the second that its last page calls the next set's beginning.
            if (++late == 2)
            {
                _time.Advance(TimeSpan.FromMinutes(5));
                Put(3, HashKind.Pdq, age: TimeSpan.FromMinutes(3), hidden: true);
                _time.Advance(TimeSpan.FromMinutes(5));
            }
            return Task.FromResult(false);
        };
        using var host = Host();
        await host.RefreshAsync();
        Assert.False(Finds(host, 3, HashKind.Pdq));
        Show();

        await host.RefreshAsync();

        Assert.True(Finds(host, 3, HashKind.Pdq));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_was_ahead_and_is_set_right_hides_no_entry(bool isOurs)
    {
        var ahead = TimeSpan.FromDays(30);
        if (isOurs) _time.Advance(ahead);
        else _registry.Skew = ahead;
        Put(1, HashKind.Pdq, age: TimeSpan.FromDays(60));
        using var host = Host();
        await host.RefreshAsync();
        if (isOurs) _time.Advance(-ahead);
        _registry.Skew = TimeSpan.Zero;
        Put(2, HashKind.Pdq, age: TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(30));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(Finds(host, 1, HashKind.Pdq) && Finds(host, 2, HashKind.Pdq));
        _registry.Requests.Clear();
        await host.RefreshAsync();
        Assert.NotEqual("10", Assert.Single(_registry.Requests)["startTimestamp"].ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_was_a_little_ahead_and_is_set_right_hides_no_entry(bool betweenPages)
    {
        (_registry.PageSize, _registry.Skew) = (1, TimeSpan.FromMinutes(10));
        for (var i = 0; i < 3; i++) Put(i, HashKind.Pdq);
        _registry.Fault = context =>
        {
            if (betweenPages && _registry.Requests.Count == 2) _registry.Skew = TimeSpan.Zero;
            return Task.FromResult(false);
        };
        // What the clock said with the first page.
        _registry.NextSet = _time.GetUtcNow() + _registry.Skew;
        using (var first = Host()) Assert.Null((await first.RefreshAsync()).Error);
        (_registry.Skew, _registry.NextSet) = (TimeSpan.Zero, null);
        Put(3, HashKind.Pdq, age: TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(30));

        using var host = Host();
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(Finds(host, 3, HashKind.Pdq));
        _registry.Requests.Clear();
        await host.RefreshAsync();
        Assert.Single(_registry.Requests);
    }

    [Fact]
    public async Task A_first_fetch_goes_on_where_it_was_after_a_restart()
    {
        _registry.PageSize = 2;
        for (var i = 0; i < 6; i++) Put(i, HashKind.Pdq);
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, context => Status(context, 401));
        using (var first = Host()) Assert.NotNull((await first.RefreshAsync()).Error);
        _registry.Fault = null;
        _registry.Requests.Clear();
        _time.Advance(TimeSpan.FromMinutes(59));

        using var second = Host();
        Assert.Null((await second.RefreshAsync()).Error);

        Assert.Single(_registry.Requests);
        Assert.Equal(6, second.Status.Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_that_is_refused_or_too_old_is_given_up_for_the_start_of_its_set(bool isOld)
    {
        _registry.PageSize = 2;
        for (var i = 0; i < 6; i++) Put(i, HashKind.Pdq);
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, context => Status(context, 401));
        using var host = Host();
        await host.RefreshAsync();
        _registry.Requests.Clear();
        _registry.Fault = First(isOld ? 0 : 1, context => Status(context, 400));
        _time.Advance(TimeSpan.FromMinutes(isOld ? 60 : 30));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(isOld ? 3 : 4, _registry.Requests.Count);
        Assert.Equal(6, host.Status.Entries);
    }

    [Fact]
    public async Task A_list_that_always_refuses_its_own_pages_is_an_error_and_no_endless_loop()
    {
        _registry.PageSize = 1;
        Put(1, HashKind.Pdq);
        Put(2, HashKind.Pdq);
        _registry.Fault = When(context => context.Request.Query.ContainsKey("nextPageToken"), context => Status(context, 410));
        using var host = Host();

        Assert.Contains("refuses its own pages", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_replaced_while_the_process_runs()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["s:Root"] = _registry.Root.AbsoluteUri,
            ["s:FunctionKey"] = "old",
            ["s:SubscriptionKey"] = "b",
        }).Build();
        using var host = new SyncHost(_time, builder => builder.AddStopNcii("test", configuration.GetSection("s")));
        await host.RefreshAsync();
        Assert.Equal("old b", _registry.LastKeys);
        _registry.Requests.Clear();

        configuration["s:FunctionKey"] = "new";
        configuration.Reload();
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal("new b", _registry.LastKeys);
        Assert.NotEqual("10", Assert.Single(_registry.Requests)["startTimestamp"].ToString());
    }

    [Theory]
    [InlineData("http://api.stopncii.org/v1", "a", "b", "HTTPS")]
    [InlineData("https://x:secret@api.stopncii.org/v1", "a", "b", "credentials")]
    [InlineData("https://api.stopncii.org/v1?secret", "a", "b", "query")]
    [InlineData(null, "a", "b", "Root is missing")]
    [InlineData("https://api.stopncii.org/v1", "", "b", "FunctionKey is empty")]
    [InlineData("https://api.stopncii.org/v1", "a", "secret\n", "SubscriptionKey holds")]
    [InlineData("https://api.stopncii.org/v1", "secret é", "b", "FunctionKey holds")]
    public void Unsound_options_are_refused_with_a_word_on_what_to_change(string? root, string function, string subscription, string says)
    {
        var options = new StopNciiOptions { Root = root is null ? null : new Uri(root), FunctionKey = function, SubscriptionKey = subscription };

        var failure = Assert.Single(new StopNciiOptionsValidator().Validate("adults", options).Failures!);

        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure + options, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_address_is_sound_and_missing_keys_are_found_at_start()
    {
        using var host = new SyncHost(_time, builder => builder.AddStopNcii("adults", _ => { }));

        Assert.Equal(2, Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate).Failures.Count());
    }

    private FakeHash? _hidden;

    private void Put(int number, HashKind kind, string status = "Active", TimeSpan? age = null, bool hidden = false)
    {
        _hidden = new FakeHash(kind == HashKind.Pdq ? "ImagePDQ" : "VideoMD5", SyncHost.Hex(kind, number), status, _time.GetUtcNow() - (age ?? TimeSpan.FromDays(1)));
        if (!hidden) Show();
    }

    private void Show() => _registry.Put(_hidden!);

    private static bool Finds(SyncHost host, int number, HashKind kind) => host.Finds(kind, SyncHost.Hex(kind, number));

    private SyncHost Host() => new(_time, builder =>
    {
        builder.Services.AddSingleton<IListStore>(_store);
        builder.AddStopNcii("test", options => (options.Root, options.FunctionKey, options.SubscriptionKey) = (_registry.Root, "a", "b"));
    });
}
