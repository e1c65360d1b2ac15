using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.PublicApi.Tests.Snippets;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>What docs/extend/registry.md shows works against a real server.</summary>
public sealed class PartnerSourceTests
{
    private static readonly HashValue One = HashValue.FromBytes(HashKind.Pdq, [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 37))]);
    private static readonly HashValue Two = HashValue.FromBytes(HashKind.Pdq, [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 91 + 5))]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_source_of_the_docs_reads_pages_changes_and_withdrawals()
    {
        var (one, two) = (One.ToHexString(), Two.ToHexString());
        await using var server = await ServeAsync(since => since switch
        {
            "0" => $$"""{ "next": "1", "more": true, "entries": [ { "id": "a", "pdq": "{{one}}" }, { "id": "bad", "pdq": "zz" } ] }""",
            "1" => $$"""{ "next": "2", "more": false, "entries": [ { "id": "b", "pdq": "{{two}}" } ] }""",
            "2" => """{ "next": "3", "more": false, "entries": [ { "id": "a", "deleted": true } ] }""",
            _ => null,
        });
        var services = new ServiceCollection();
        PartnerRegistration.Register(services, new Uri(server.Urls.Single()));
        await using var provider = services.BuildServiceProvider();
        var lists = provider.GetRequiredService<IListManager>();
        var scanner = provider.GetRequiredService<IContentScanner>();
        Assert.Equal(Verdict.ListUnavailable, scanner.Scan([One]).Verdict);
        var said = new TaskCompletionSource<string>();
        var ready = PartnerRegistration.ListenAsync(lists, text => said.TrySetResult(text), Cancellation);

        var first = Assert.Single(await lists.RefreshAsync(cancellationToken: Cancellation));
        await ready.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal((null, 2L, 1L), (first.Error, first.Upserts, first.Rejected));
        Assert.Equal("partner changed and has 2 entries now", await said.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal(Verdict.Match, scanner.Scan([One]).Verdict);
        var second = Assert.Single(await lists.RefreshAsync(cancellationToken: Cancellation));
        Assert.Equal((null, 1L), (second.Error, second.Removals));
        Assert.Equal((Verdict.NoMatch, Verdict.Match), (scanner.Scan([One]).Verdict, scanner.Scan([Two]).Verdict));
        var third = Assert.Single(await lists.RefreshAsync(cancellationToken: Cancellation));
        Assert.Contains("could not be read", third.Error, StringComparison.Ordinal);
        Assert.Equal(Verdict.Match, scanner.Scan([Two]).Verdict);
    }

    [Fact]
    public void A_source_that_calls_its_list_otherwise_is_refused_by_name()
    {
        var services = new ServiceCollection();
        services.AddTakeItDownMatching().AddListSource("one", provider => new PartnerSource("other", provider.GetRequiredService<IHttpClientFactory>(), TimeProvider.System));
        services.AddHttpClient();
        using var provider = services.BuildServiceProvider();

        Assert.Contains("'one'", Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IListManager>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_can_be_source_and_feedback_of_a_list_and_a_store_replaces_any_other()
    {
        var services = new ServiceCollection();
        services.AddTakeItDownMatching().AddListSource<BothWays>("both").UseSqliteStore("never-opened.db").UseStore<NoStore>();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetServices<IListSource>().Single(), provider.GetServices<IFeedbackSource>().Single());
        Assert.IsType<NoStore>(provider.GetRequiredService<IListStore>());
    }

    private static async Task<WebApplication> ServeAsync(Func<string, string?> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            if (answer(context.Request.Query["since"]!) is { } json)
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(json);
            }
            else
            {
                context.Response.StatusCode = 500;
            }
        });
        await app.StartAsync(Cancellation);
        return app;
    }

    private sealed class BothWays(string name) : IListSource, IFeedbackSource
    {
        public string Name => name;

        public HashKinds Kinds => HashKinds.Pdq;

        public IAsyncEnumerable<ListPage> ReadAsync(string? cursor, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ListPage>();

        public Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<FeedbackReason>>([]);

        public Task<FeedbackAnswer> SendAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) => Task.FromResult(FeedbackAnswer.Taken);
    }

    private sealed class NoStore : IListStore
    {
        public ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
