using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

/// <summary>What a registry, or something between it and us, can do wrong: the old list stays, the error shows, the next poll goes on.</summary>
public sealed class RegistryFaultTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private readonly Matching.Storage.InMemoryListStore _store = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(_time);
        _registry.PageSize = 2;
        for (var i = 0; i < 6; i++) Put(i);
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    public static TheoryData<string, Func<HttpContext, Task>, string> Faults { get; } = new()
    {
        { "401", context => Status(context, 401), "refused the credentials" },
        { "403", context => Status(context, 403), "refused the credentials" },
        { "404", context => Status(context, 404), "404" },
        { "500", context => Status(context, 500), "500" },
        { "redirect", context => Redirect(context, "http://127.0.0.1:9/npo/v2/entries"), "sent us elsewhere" },
        { "HTML", context => Write(context, "text/html", "<html>log in</html>"), "no XML" },
        { "no type", context => Write(context, null, FakeRegistry.Document("")), "no XML" },
        { "empty", context => Write(context, "application/xml", ""), "malformed" },
        { "cut off", context => Write(context, "application/xml", FakeRegistry.Document("<images>")[..^16]), "malformed" },
        { "another root", context => Write(context, "application/xml", "<queryResult/>"), "malformed" },
        { "DTD", context => Write(context, "application/xml", "<!DOCTYPE q [<!ENTITY a \"b\">]>" + FakeRegistry.Document("&a;")[38..]), "malformed" },
        { "deep", context => Write(context, "application/xml", FakeRegistry.Document(string.Concat(Enumerable.Repeat("<a>", 50)) + string.Concat(Enumerable.Repeat("</a>", 50)))), "nested" },
        { "foreign next", context => Next(context, "http://127.0.0.1:9/npo/v2/entries?start=3"), "outside" },
        { "protocol-relative next", context => Next(context, "//127.0.0.1:9/v2/entries"), "outside" },
        { "next outside the root", context => Next(context, "/../other/v2/entries"), "outside" },
        { "relative next", context => Next(context, "@127.0.0.1:9/v2/entries"), "outside" },
        { "endless next", context => Next(context, context.Request.Path.ToString()["/npo".Length..] + context.Request.QueryString), "itself" },
        { "a next with another beginning", context => Next(context, $"/v2/entries?from=2020-01-01T00:00:00Z&to={context.Request.Query["to"]}&start=3"), "another window" },
        { "a next with another end", context => Next(context, $"/v2/entries?from={context.Request.Query["from"]}&to=2026-03-01T12:00:00Z&start=3"), "another window" },
        { "nothing but malformed records", context => Write(context, "application/xml", FakeRegistry.Document($"<images>{string.Concat(Enumerable.Repeat("<image/>", 10))}</images>")), "10 of its 10 records" },
        { "over-long", context => OverLong(context, "application/xml"), "longer than" },
        { "cut connection", context => Abort(context, "application/xml", FakeRegistry.Document("")[..50]), "broke off" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_leaves_the_old_list_and_shows(string fault, Func<HttpContext, Task> answer, string reason)
    {
        using var host = new SyncHost(_time, _registry, store: _store);
        Assert.Null((await host.RefreshAsync()).Error);
        var before = (host.Catalog.Current[0].Index, await _store.FindAsync("test"));
        _time.Advance(TimeSpan.FromHours(1));
        Put(7, age: TimeSpan.FromMinutes(5));
        _registry.Fault = Always(answer);

        var failed = await host.RefreshAsync();

        Assert.Contains(reason, failed.Error, StringComparison.Ordinal);
        Assert.Equal(failed.Error, host.Status.LastError);
        Assert.Equal(before, (host.Catalog.Current[0].Index, await _store.FindAsync("test")));
        Assert.DoesNotContain("correct horse", failed.Error, StringComparison.Ordinal);

        _registry.Fault = null;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Null(host.Status.LastError);
        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 7)), fault);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_fault_is_overcome_within_one_refresh(int status)
    {
        _registry.Fault = First(3, context => Status(context, status));
        using var host = new SyncHost(_time, _registry);

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(6, host.Status.Entries);
        Assert.Equal(3, _time.Pauses.Count);
        Assert.All(_time.Pauses.Zip([1, 2, 4]), pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2.0, pair.Second));
    }

    [Fact]
    public async Task The_registry_is_left_alone_for_as_long_as_it_asks()
    {
        _registry.Fault = First(1, context => Status(context, 429, retryAfter: "90"));
        using var host = new SyncHost(_time, _registry);

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(TimeSpan.FromSeconds(90), Assert.Single(_time.Pauses));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registry_that_takes_minutes_for_a_page_is_read_to_an_end_and_its_changes_are_published(bool asksForPauses)
    {
        var requests = 0;
        _registry.Fault = async context =>
        {
            if (!asksForPauses) _time.Advance(TimeSpan.FromSeconds(90));
            Assert.InRange(++requests, 0, 100);
            if (!asksForPauses || requests % 2 == 0) return false;
            context.Response.Headers.RetryAfter = "90";
            await Status(context, 429);
            return true;
        };
        using var host = new SyncHost(_time, _registry);

        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(6, host.Status.Entries);
        _time.Advance(TimeSpan.FromHours(1));
        Put(7, age: TimeSpan.FromMinutes(5));
        requests = 0;
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, 7)));
        Assert.Equal(asksForPauses ? 2 : 1, requests);
    }

    [Fact]
    public async Task Two_clocks_that_answer_in_turn_do_not_keep_a_refresh_going_for_ever()
    {
        _registry.Fault = context =>
        {
            Assert.InRange(_registry.Requests.Count, 0, 100);
            if (_registry.Requests.Count % 2 == 0) context.Response.GetTypedHeaders().Date = _time.GetUtcNow() + TimeSpan.FromMinutes(15);
            return Task.FromResult(false);
        };
        _registry.PageSize = 1000;
        using var host = new SyncHost(_time, _registry);

        for (var i = 0; i < 10; i++)
        {
            Put(i, age: TimeSpan.FromMinutes(5));
            Assert.Null((await host.RefreshAsync()).Error);
            Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, i)));
            _time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task A_long_pause_ends_the_refresh_and_is_kept_by_the_next()
    {
        _registry.Fault = Always(context => Status(context, 503, retryAfter: "3600"));
        using var host = new SyncHost(_time, _registry);

        Assert.Contains("within 60 minutes", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        _registry.Fault = null;
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains("within 30 minutes", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Single(_registry.Requests);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null((await host.RefreshAsync()).Error);
    }

    [Fact]
    public async Task Nobody_is_left_alone_for_years_and_a_clock_that_is_set_back_ends_the_pause()
    {
        _registry.Fault = Always(context => Status(context, 503, retryAfter: "2147483647"));
        using var host = new SyncHost(_time, _registry);
        Assert.Contains("within 60 minutes", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("within 60 minutes", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(2, _registry.Requests.Count);

        _registry.Fault = null;
        _time.Advance(TimeSpan.FromDays(-30));
        Assert.Null((await host.RefreshAsync()).Error);
    }

    [Fact]
    public async Task A_slow_body_is_given_up_in_time()
    {
        var stalled = new TaskCompletionSource();
        _registry.Fault = Always(context => Stall(context, "application/xml", FakeRegistry.Document("")[..50], stalled));
        using var host = new SyncHost(_time, _registry);

        Assert.Contains("did not answer in full", (await _time.ExpireAsync(host.RefreshAsync(), stalled)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_keeps_what_is_stored()
    {
        using var stop = new CancellationTokenSource();
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, async context =>
        {
            await stop.CancelAsync();
            await Wait(context);
        });
        using var host = new SyncHost(_time, _registry, store: _store);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Manager.RefreshAsync(null, stop.Token));

        Assert.Equal(4, (await _store.FindAsync("test"))!.Entries);
    }

    [Fact]
    public async Task A_first_fetch_goes_on_where_it_was_after_a_restart_and_shows_nothing_before_it_is_complete()
    {
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, context => Status(context, 401));
        using (var first = new SyncHost(_time, _registry, store: _store))
        {
            Assert.NotNull((await first.RefreshAsync()).Error);
            Assert.Equal((ListFreshness.NeverSynced, 0), (first.Status.Freshness, first.Status.Entries));
        }
        _registry.Requests.Clear();
        _registry.Fault = null;
        _time.Advance(TimeSpan.FromHours(11));

        using var second = new SyncHost(_time, _registry, store: _store);
        await second.Manager.LoadAsync();
        Assert.Equal(ListFreshness.NeverSynced, second.Status.Freshness);
        Assert.Null((await second.RefreshAsync()).Error);

        Assert.Contains("start=5", _registry.Requests.First(), StringComparison.Ordinal);
        Assert.Equal(6, second.Status.Entries);
    }

    [Fact]
    public async Task A_registry_that_refuses_what_lies_deep_in_a_window_is_read_in_shorter_ones()
    {
        // Six entries on pages of two: the third page of any window is refused, for ever.
        for (var i = 0; i < 6; i++) Put(i, age: TimeSpan.FromDays(100 * (i + 1)));
        _registry.Fault = When(context => context.Request.QueryString.Value!.Contains("start=5", StringComparison.Ordinal), context => Status(context, 416));
        using var host = new SyncHost(_time, _registry, store: _store);

        for (var i = 0; i < 10 && host.Status.Freshness != ListFreshness.Fresh; i++) await host.RefreshAsync();

        Assert.Equal((ListFreshness.Fresh, 6), (host.Status.Freshness, host.Status.Entries));
    }

    [Fact]
    public async Task A_next_that_fails_through_a_whole_refresh_is_given_up_for_less_of_its_window()
    {
        for (var i = 0; i < 6; i++) Put(i, age: TimeSpan.FromDays(100 * (i + 1)));
        // The third page of any window fails, for ever: too deep for the registry's database.
        _registry.Fault = When(context => context.Request.QueryString.Value!.Contains("start=5", StringComparison.Ordinal), context => Status(context, 500));
        using var host = new SyncHost(_time, _registry, store: _store);

        for (var i = 0; i < 4 && host.Status.Freshness != ListFreshness.Fresh; i++) await host.RefreshAsync();

        Assert.Equal((ListFreshness.Fresh, 6), (host.Status.Freshness, host.Status.Entries));
    }

    [Fact]
    public async Task A_registry_that_is_ill_keeps_the_place_where_it_was_read()
    {
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, context => Status(context, 503));
        using var host = new SyncHost(_time, _registry, store: _store);
        Assert.Contains("503", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        _registry.Requests.Clear();
        _registry.Fault = null;

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Contains("start=5", _registry.Requests.First(), StringComparison.Ordinal);
        Assert.Equal(6, host.Status.Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_next_that_is_refused_or_too_old_is_given_up_for_the_start_of_its_window_and_less_of_it(bool isOld)
    {
        _registry.Fault = When(_ => _registry.Requests.Count >= 3, context => Status(context, 401));
        using var host = new SyncHost(_time, _registry, store: _store);
        await host.RefreshAsync();
        _registry.Requests.Clear();
        _registry.Fault = First(isOld ? 0 : 1, context => Status(context, 400));
        _time.Advance(TimeSpan.FromHours(isOld ? 12 : 1));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(isOld, !_registry.Requests.First().Contains("start=5", StringComparison.Ordinal));
        Assert.Equal(isOld ? 5 : 6, _registry.Requests.Count(request => request.Contains("/v2/entries", StringComparison.Ordinal)));
        Assert.Equal(6, host.Status.Entries);
    }

    [Fact]
    public async Task A_registry_that_always_refuses_its_own_pages_is_an_error_and_no_endless_loop()
    {
        _registry.Fault = When(context => context.Request.Query.ContainsKey("start"), context => Status(context, 400));
        using var host = new SyncHost(_time, _registry);

        Assert.Contains("refuses its own pages", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_holds_less_than_the_registry_counts_is_read_again()
    {
        using var host = new SyncHost(_time, _registry, store: _store);
        var faults = 1;
        // The last page of three comes second, and the one between them never.
        _registry.Fault = When(
            context => context.Request.Query["start"] == "3" && faults-- > 0,
            context => FakeRegistry.WriteAsync(context, FakeRegistry.Document("<images count=\"0\"/>")));

        var result = await host.RefreshAsync();

        Assert.Null(result.Error);
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Error, Id.Id: 116 });
        Assert.Equal((ListFreshness.Fresh, 6), (host.Status.Freshness, host.Status.Entries));
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Id.Id == 130);
    }

    [Fact]
    public async Task A_window_without_a_last_page_is_an_error_in_the_end()
    {
        using var host = new SyncHost(_time, _registry, store: _store);
        await host.RefreshAsync();
        var through = host.Status.CompleteThrough;
        // Too short to be split.
        _time.Advance(TimeSpan.FromSeconds(30));
        _registry.Requests.Clear();
        var pages = 0;
        // Each page another, and always one more.
        _registry.Fault = Always(context => _registry.Requests.Count == 3 ? Status(context, 401) : FakeRegistry.WriteAsync(
            context, FakeRegistry.Document($"<images>{Entry(++pages).ToXml()}</images><paging><next>/v2/entries?start={pages + 1}&amp;size=1&amp;max={pages + 2}</next></paging>")));
        await host.RefreshAsync();
        var stored = (await _store.FindAsync("test"))!;
        var nearlyThere = stored.Cursor.Replace("Pages\\u0022:2,", "Pages\\u0022:99990,", StringComparison.Ordinal);
        Assert.NotEqual(stored.Cursor, nearlyThere);
        await _store.ApplyAsync("test", new ListPage { Cursor = nearlyThere }, CancellationToken.None);

        var result = await host.RefreshAsync();

        Assert.Contains("one window has no last page", result.Error, StringComparison.Ordinal);
        Assert.Equal(through, (await _store.FindAsync("test"))!.CompleteThrough);
    }

    [Fact]
    public async Task A_page_that_passes_over_entries_is_read_again()
    {
        using var host = new SyncHost(_time, _registry);
        _registry.Fault = First(1, context => Next(context, "/v2/entries?start=3&size=2&max=6"));

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(6, host.Status.Entries);
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    public async Task An_entry_that_leaves_the_window_while_it_is_read_costs_none_of_the_others(int entries, int request)
    {
        for (var i = 6; i < entries; i++) Put(i);
        using var host = new SyncHost(_time, _registry);
        _registry.Fault = _ =>
        {
            // The others move up by one, and past the place where the page begins.
            if (_registry.Requests.Count == request) Put(0, age: TimeSpan.Zero);
            return Task.FromResult(false);
        };

        Assert.Null((await host.RefreshAsync()).Error);

        for (var i = 0; i < entries; i++) Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, i)), $"entry {i}");
    }

    [Theory]
    [InlineData(5, 90)]
    [InlineData(1, 0)]
    public async Task A_flood_that_entries_leave_while_it_is_read_is_read_to_its_end_unless_they_leave_with_every_page(int interval, int mostRequests)
    {
        using var host = new SyncHost(_time, _registry);
        await host.RefreshAsync();
        for (var i = 0; i < 100; i++) Put(i, age: TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(30));
        _registry.Requests.Clear();
        var left = 0;
        _registry.Fault = _ =>
        {
            if (_registry.Requests.Count > 10 && _registry.Requests.Count % interval == 0) Put(left++, age: TimeSpan.Zero);
            return Task.FromResult(false);
        };

        var result = await host.RefreshAsync();

        Assert.Equal(mostRequests > 0, result.Error is null);
        if (mostRequests == 0) return;
        Assert.InRange(_registry.Requests.Count, 50, mostRequests);
        for (var i = left; i < 100; i++) Assert.True(host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, i)), $"entry {i}");
    }

    [Fact]
    public async Task An_unreachable_registry_is_an_error_that_names_no_secret()
    {
        using var host = new SyncHost(_time, _registry, store: _store);
        await host.RefreshAsync();
        await _registry.DisposeAsync();

        var result = await host.RefreshAsync();

        Assert.Contains("could not be reached (ConnectionRefused)", result.Error, StringComparison.Ordinal);
        Assert.Equal(6, host.Status.Entries);
        Assert.Equal(ListFreshness.Fresh, host.Status.Freshness);
        _time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(ListFreshness.Stale, host.Status.Freshness);
    }

    [Fact]
    public async Task A_registry_without_TLS_is_told_from_one_that_is_away()
    {
        using var host = new SyncHost(_time, _registry, options => options.Root = new UriBuilder(_registry.Root) { Scheme = Uri.UriSchemeHttps }.Uri);

        Assert.Contains("TLS failed", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_holds_a_hash_or_a_secret()
    {
        using var host = new SyncHost(_time, _registry);
        _registry.Fault = When(
            _ => _registry.Requests.Count is 2 or 3,
            context => Write(context, "application/xml", FakeRegistry.Document($"<images><image>{SyncHost.Hex(HashKind.Md5, 1)}</images>")));
        await host.RefreshAsync();
        _registry.Fault = Always(context => Status(context, 401));
        await host.RefreshAsync();

        var logs = host.Texts();
        Assert.NotEmpty(logs);
        string[] secrets = ["correct horse", Convert.ToBase64String("platform:correct horse"u8), .. Enumerable.Range(0, 6).Select(i => SyncHost.Hex(HashKind.Md5, i))];
        Assert.All(logs, log => Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase)));
    }

    private void Put(int number, TimeSpan? age = null) => _registry.Put(Entry(number, age));

    private FakeEntry Entry(int number, TimeSpan? age = null) =>
        new("42", $"entry-{number}", _time.GetUtcNow() - (age ?? TimeSpan.FromDays(1)), ("md5", SyncHost.Hex(HashKind.Md5, number)));

    private static Task Next(HttpContext context, string next) =>
        FakeRegistry.WriteAsync(context, FakeRegistry.Document($"<paging><next>{WebUtility.HtmlEncode(next)}</next></paging>"));
}
