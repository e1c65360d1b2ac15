using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries.StopNcii;

/// <summary>What StopNCII.org, or something between it and us, can do wrong: the old list stays, the error shows, the next poll goes on.</summary>
public sealed class StopNciiFaultTests : IAsyncLifetime
{
    private const string FunctionKey = "key-of-the-function", SubscriptionKey = "key-of-the-subscription", Json = "application/json";

    private readonly SwiftTime _time = new();
    private FakeStopNcii _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeStopNcii.StartAsync(_time);
        for (var i = 0; i < 3; i++) Put(i, age: TimeSpan.FromDays(1));
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    public static TheoryData<string, Func<HttpContext, Task>, string> Faults { get; } = new()
    {
        { "401", context => Status(context, 401), "refused the credentials" },
        { "403", context => Status(context, 403), "refused the credentials" },
        { "404", context => Status(context, 404), "404" },
        { "500", context => Status(context, 500), "500" },
        { "redirect", context => Redirect(context, "http://127.0.0.1:9/v1/FetchHashes"), "sent us elsewhere" },
        { "HTML", context => Write(context, "text/html", "<html>log in</html>"), "no JSON" },
        { "no type", context => Write(context, null, "{}"), "no JSON" },
        { "XML", context => Write(context, "application/xml", "<a/>"), "no JSON" },
        { "empty", context => Serve(context, ""), "malformed" },
        { "no object", context => Serve(context, "[]"), "no object" },
        { "no records", context => Serve(context, """{"count":0,"hasMoreRecords":false}"""), "missing" },
        { "no more", context => Serve(context, """{"count":0,"hashRecords":[]}"""), "missing" },
        { "records of no list", context => Serve(context, """{"count":0,"hasMoreRecords":false,"hashRecords":{}}"""), "no list" },
        { "cut off", context => Serve(context, """{"count":0,"hasMoreRecords":false,"hashRecords":[]"""), "no well-formed JSON" },
        { "trailing", context => Serve(context, """{"count":0,"hasMoreRecords":false,"hashRecords":[]}{}"""), "no well-formed JSON" },
        { "deep", context => Serve(context, "{\"x\":" + new string('[', 100_000)), "no well-formed JSON" },
        { "more without a token", context => Serve(context, """{"count":0,"hasMoreRecords":true,"hashRecords":[]}"""), "does not name" },
        { "a token of no text", context => Serve(context, """{"count":0,"hasMoreRecords":true,"nextPageToken":"\ud800","hashRecords":[]}"""), "nextPageToken" },
        { "a long token", context => Serve(context, $$"""{"count":0,"hasMoreRecords":true,"nextPageToken":"{{new string('x', 5000)}}","hashRecords":[]}"""), "nextPageToken" },
        { "endless pages", context => Serve(context, """{"count":0,"hasMoreRecords":true,"nextPageToken":"x","hashRecords":null}"""), "itself" },
        { "pages in a circle", Circle, "in a circle" },
        { "nothing but malformed records", context => Serve(context, $$"""{"count":10,"hasMoreRecords":false,"hashRecords":[{{string.Join(',', Enumerable.Repeat("{}", 10))}}]}"""), "10 of its 10 records" },
        { "over-long", context => OverLong(context, Json), "longer than" },
        { "cut connection", context => Abort(context, Json, "{"), "broke off" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_leaves_the_old_list_and_shows(string fault, Func<HttpContext, Task> answer, string reason)
    {
        using var host = Host();
        Assert.Null((await host.RefreshAsync()).Error);
        var before = host.Catalog.Current[0];
        _time.Advance(TimeSpan.FromHours(1));
        Put(7, age: TimeSpan.FromMinutes(5));
        _registry.Fault = Always(answer);

        var failed = await host.RefreshAsync();

        Assert.Contains(reason, failed.Error, StringComparison.Ordinal);
        Assert.Equal((failed.Error, before.CompleteThrough), (host.Status.LastError, host.Status.CompleteThrough));
        Assert.Same(before.Index, host.Catalog.Current[0].Index);

        _registry.Fault = null;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null((await host.RefreshAsync()).Error);
        Assert.True(host.Finds(HashKind.Pdq, SyncHost.Hex(HashKind.Pdq, 7)), fault);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_passing_fault_is_overcome_and_the_list_left_alone_for_as_long_as_it_asks(int status)
    {
        _registry.Fault = First(1, context => Status(context, status, retryAfter: "90"));
        using var host = Host();

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(TimeSpan.FromSeconds(90), Assert.Single(_time.Pauses));
        Assert.Equal(3, host.Status.Entries);
    }

    [Fact]
    public async Task The_same_page_for_ever_is_an_error_and_no_endless_reading()
    {
        _registry.Fault = Always(context => Serve(context, More($"token {_registry.Requests.Count}", 1)));
        using var host = Host();

        Assert.Contains("in a circle", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(2, _registry.Requests.Count);
    }

    [Fact]
    public async Task A_set_without_a_last_page_is_an_error_in_the_end()
    {
        _registry.Fault = Always(context => _registry.Requests.Count == 3
            ? Status(context, 401)
            : Serve(context, More($"token {_registry.Requests.Count}", _registry.Requests.Count)));
        using var host = Host();
        await host.RefreshAsync();
        var stored = (await host.Store.FindAsync("test"))!;
        var nearlyThere = stored.Cursor.Replace("Pages\\u0022:2,", "Pages\\u0022:99990,", StringComparison.Ordinal);
        Assert.NotEqual(stored.Cursor, nearlyThere);
        await host.Store.ApplyAsync("test", new ListPage { Cursor = nearlyThere });

        Assert.Contains("a set of it has no last page", (await host.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(ListFreshness.NeverSynced, host.Status.Freshness);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task A_clock_that_differs_is_told_once(int minutes)
    {
        _registry.Skew = TimeSpan.FromMinutes(minutes);
        using var host = Host();
        await host.RefreshAsync();
        await host.RefreshAsync();

        Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 112);
    }

    [Fact]
    public async Task A_slow_body_is_given_up_in_time()
    {
        var stalled = new TaskCompletionSource();
        _registry.Fault = Always(context => Stall(context, Json, "{", stalled));
        using var host = Host();

        Assert.Contains("did not answer in full", (await _time.ExpireAsync(host.RefreshAsync(), stalled)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_and_no_key_of_an_entry_holds_a_hash_or_a_secret()
    {
        using var host = Host();
        _registry.Fault = First(1, context => Serve(context, $$"""{"hashRecords":[{"hashValue":"{{SyncHost.Hex(HashKind.Pdq, 1)}}",,"""));
        await host.RefreshAsync();
        _registry.Fault = Always(context => Status(context, 401));
        await host.RefreshAsync();

        var texts = host.Texts();
        Assert.NotEmpty(texts);
        await foreach (var entry in host.Store.ReadEntriesAsync("test")) texts.Add($"{entry} {entry.Key}");
        string[] secrets = [FunctionKey, SubscriptionKey, .. Enumerable.Range(0, 3).Select(i => SyncHost.Hex(HashKind.Pdq, i))];
        Assert.All(texts, text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    private void Put(int number, TimeSpan age) => _registry.Put(new FakeHash("ImagePDQ", SyncHost.Hex(HashKind.Pdq, number), "Active", _time.GetUtcNow() - age));

    private SyncHost Host() => new(_time, builder => builder.AddStopNcii(
        "test", options => (options.Root, options.FunctionKey, options.SubscriptionKey) = (_registry.Root, FunctionKey, SubscriptionKey)));

    private static Task Circle(HttpContext context) => Serve(context, $$"""
        {"count":0,"hasMoreRecords":true,"nextPageToken":"{{(context.Request.Query["nextPageToken"] == "x" ? "y" : "x")}}","hashRecords":[]}
        """);

    private static string More(string token, int number) => $$"""
        {"count":1,"hasMoreRecords":true,"nextPageToken":"{{token}}","hashRecords":[
            {"signalType":"ImagePDQ","hashValue":"{{SyncHost.Hex(HashKind.Pdq, number)}}","hashStatus":"Active","lastModtimestamp":1772000000}]}
        """;

    private static Task Serve(HttpContext context, string json) => Write(context, Json, json);
}
