using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Lists;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

/// <summary>Registries whose numbers and counts are not ours: all that they show is read, once it is plain that nothing merely got lost.</summary>
public sealed class NumberingTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private readonly Matching.Storage.InMemoryListStore _store = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(_time);
        _registry.PageSize = 20;
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Theory]
    [InlineData(FakeMaximum.Total)]
    [InlineData(FakeMaximum.PageEnd)]
    [InlineData(FakeMaximum.None)]
    public async Task A_registry_that_hides_every_tenth_entry_after_numbering_is_read_to_its_end(FakeMaximum maximum)
    {
        (_registry.Maximum, _registry.IsVolatile) = (maximum, true);
        for (var i = 0; i < 180; i++) Put(i);
        _registry.Hides = number => number % 10 == 9;
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 162), (host.Status.Freshness, host.Status.Entries));
        // Nine pages, of which three were asked for twice.
        if (maximum != FakeMaximum.None) Assert.InRange(_registry.Requests.Count, 9, 14);
        if (maximum != FakeMaximum.None) Assert.Single(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 130 });

        // The next refreshes say nothing new.
        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 180; i < 240; i++) Put(i, age: TimeSpan.FromMinutes(5));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(162 + 54, host.Status.Entries);
        Assert.InRange(host.Logs.GetSnapshot().Count(record => record.Id.Id == 130), 0, 1);
    }

    [Theory]
    [InlineData("start=2001&size=1000&max=3000")]
    [InlineData("start=48213377&size=1000&max=49999999")]
    [InlineData("start=48213377&size=1000&max=3000")]
    public async Task The_documented_example_of_four_records_before_number_2001_is_read_in_full(string numbers)
    {
        for (var i = 0; i < 4; i++) Put(i);
        for (var i = 4; i < 10; i++) Put(i, age: TimeSpan.FromHours(1));
        _registry.PageSize = 1000;
        _registry.Fault = async context =>
        {
            var isSecond = context.Request.Query.ContainsKey("start");
            var (from, to) = (context.Request.Query["from"], context.Request.Query["to"]);
            var window = (From: DateTimeOffset.Parse(from!), To: DateTimeOffset.Parse(to!));
            var entries = Enumerable.Range(0, 10).Select(Entry).Where(entry => entry.Timestamp > window.From && entry.Timestamp <= window.To).ToList();
            var page = isSecond ? entries.Skip(4) : entries.Take(4);
            var next = isSecond || entries.Count <= 4 ? "" : $"<paging><next>/v2/entries?from={from}&amp;to={to}&amp;{numbers.Replace("&", "&amp;")}</next></paging>";
            await FakeRegistry.WriteAsync(context, FakeRegistry.Document($"<images>{string.Concat(page.Select(entry => entry.ToXml()))}</images>{next}"));
            return true;
        };
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 10), (host.Status.Freshness, host.Status.Entries));
        Assert.InRange(_registry.Requests.Count, 2, 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(1_000_000_000)]
    public async Task A_count_that_is_not_that_of_the_records_is_a_warning(int difference)
    {
        for (var i = 0; i < 50; i++) Put(i);
        _registry.Miscount = difference;
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 50), (host.Status.Freshness, host.Status.Entries));
        Assert.Single(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 130 });
        Assert.NotNull(Cursor(host).Doubt);
    }

    [Fact]
    public async Task A_count_that_hides_how_much_is_malformed_does_not_make_it_less()
    {
        _registry.Fault = Always(context => FakeRegistry.WriteAsync(
            context, FakeRegistry.Document($"<images count=\"1000\">{string.Concat(Enumerable.Repeat("<image/>", 10))}</images>")));
        using var host = Host();

        Assert.Contains("10 of its 10 records", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_lost_records_on_its_way_once_leaves_no_doubt()
    {
        for (var i = 0; i < 50; i++) Put(i);
        var faults = 1;
        _registry.Fault = context =>
        {
            _registry.Hides = number => faults > 0 && number is 3 or 25;
            if (context.Request.Query.ContainsKey("start")) faults = 0;
            _registry.Hides = faults > 0 ? number => number == 3 : _ => false;
            faults = 0;
            return Task.FromResult(false);
        };
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(50, host.Status.Entries);
        Assert.Null(Cursor(host).Doubt);
        Assert.DoesNotContain(host.Logs.GetSnapshot(), record => record.Id.Id == 130);
    }

    [Fact]
    public async Task A_page_that_comes_otherwise_every_time_ends_in_an_error_and_no_endless_loop()
    {
        for (var i = 0; i < 50; i++) Put(i);
        var requests = 0;
        _registry.Fault = context =>
        {
            Assert.InRange(++requests, 0, 1000);
            _registry.Hides = number => number == requests % 7;
            return Task.FromResult(false);
        };
        using var host = Host();

        await host.RefreshAsync();

        Assert.InRange(requests, 2, 1000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_a_registry_with_gaps_an_entry_that_leaves_the_window_costs_none_of_the_others(bool isLate)
    {
        for (var i = 0; i < 180; i++) Put(i);
        _registry.Hides = number => number is 7 or 27 or 47 or 67;
        using var host = Host();
        var isMoved = false;
        _registry.Fault = context =>
        {
            // The others move up by one, and past the place where the page begins.
            if (isMoved || context.Request.Query["start"] != (isLate ? "101" : "41")) return Task.FromResult(false);
            isMoved = true;
            Put(0, age: TimeSpan.Zero);
            return Task.FromResult(false);
        };

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.True(isMoved);
        // Numbers are those of names in order; what is hidden moves with them, and never what was on a page that is read again.
        var found = Enumerable.Range(0, 180).Where(i => host.Finds(HashKind.Md5, SyncHost.Hex(HashKind.Md5, i))).Count();
        Assert.InRange(found, 175, 179);
    }

    [Fact]
    public async Task What_was_doubtful_is_compared_again_within_a_day_and_what_it_lacked_is_found()
    {
        for (var i = 0; i < 50; i++) Put(i);
        using var host = Host();
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 50; i < 100; i++) Put(i, age: TimeSpan.FromMinutes(10));
        _registry.Hides = number => number is 5 or 25;
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal(98, host.Status.Entries);
        _registry.Hides = _ => false;
        _registry.Requests.Clear();

        _time.Advance(TimeSpan.FromHours(11));
        Assert.Null((await host.RefreshAsync()).Error);
        await ReconcileAsync(host);
        Assert.Equal(98, host.Status.Entries);
        _time.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync(host);
        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal((100, 2), (host.Status.Entries, host.Status.Drift));
        Assert.Null(Cursor(host).Doubt);
        // Not the whole registry is read for it.
        Assert.DoesNotContain(_registry.Requests, request => request.Contains("from=1970", StringComparison.Ordinal));
        Assert.Contains(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Error, Id.Id: 109 });
        // And that is that.
        _registry.Requests.Clear();
        _time.Advance(TimeSpan.FromHours(13));
        await ReconcileAsync(host);
        Assert.Empty(_registry.Requests);
    }

    [Fact]
    public async Task A_routine_comparison_reads_in_short_windows_and_says_when_the_next_begins()
    {
        for (var i = 0; i < 400; i++) Put(i, age: TimeSpan.FromDays(i * 3));
        using var host = Host();
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromHours(1));
        await host.RefreshAsync();
        _registry.Requests.Clear();
        await ReconcileAsync(host);
        Assert.Empty(_registry.Requests);

        _time.Advance(TimeSpan.FromHours(1));
        await ReconcileAsync(host);

        var lengths = _registry.Requests.Select(Window).Distinct().Select(window => window.To - window.From).ToList();
        Assert.InRange(lengths.Max().TotalDays, 30, 731);
        // Where there are entries, a month at a time.
        var dense = _registry.Requests.Select(Window).Distinct().Where(window => window.From > _time.GetUtcNow().AddDays(-1150)).Select(window => window.To - window.From).ToList();
        Assert.InRange(dense.Max().TotalDays, 1, 32);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.Equal((0, 400), (host.Status.Drift, host.Status.Entries));
        var told = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 114);
        Assert.Contains($"The next comparison begins after {host.Status.ReconciledAt + TimeSpan.FromDays(30):u}", told.Message, StringComparison.Ordinal);
    }

    private SyncHost Host() => new(_time, _registry, store: _store);

    private static ListCursor Cursor(SyncHost host) => ListCursor.Parse(host.Store.FindAsync("test").AsTask().GetAwaiter().GetResult()!.Cursor, default)!;

    private static async Task ReconcileAsync(SyncHost host)
    {
        while (await host.Get<ListManager>().Managed.Single().ReconcileAsync(default)) { }
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(string request)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request[(request.IndexOf('?') + 1)..]);
        return (DateTimeOffset.Parse(query["from"]!), DateTimeOffset.Parse(query["to"]!));
    }

    private void Put(int number, TimeSpan? age = null) => _registry.Put(Entry(number) with { Timestamp = _time.GetUtcNow() - (age ?? TimeSpan.FromDays(1)) });

    private FakeEntry Entry(int number) => new("42", $"entry-{number:000}", _time.GetUtcNow() - TimeSpan.FromDays(1), ("md5", SyncHost.Hex(HashKind.Md5, number)));
}
