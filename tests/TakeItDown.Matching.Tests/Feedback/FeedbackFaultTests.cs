using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Feedback.FeedbackHost;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>Whatever a registry answers, feedback is kept until it is taken or refused for good.</summary>
public sealed class FeedbackFaultTests : IAsyncLifetime
{
    private readonly InMemoryListStore _store = new();
    private readonly InMemoryOutbox _outbox = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await FakeRegistry.StartAsync(new SwiftTime());

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    public static TheoryData<string, Func<HttpContext, Task>> Passing { get; } = new()
    {
        { "401", context => Status(context, 401) },
        { "403", context => Status(context, 403) },
        { "405", context => Status(context, 405) },
        { "429", context => Status(context, 429) },
        { "500", context => Status(context, 500) },
        { "503", context => Status(context, 503) },
        { "log-in page", context => context.Response.WriteAsync("<html>log in</html>") },
        { "cut connection", Abort },
    };

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_that_may_pass_keeps_feedback_until_it_has(string fault, Func<HttpContext, Task> answer)
    {
        using (var host = new FeedbackHost(_registry, store: _store, outbox: _outbox))
        {
            _registry.Fault = Puts(answer);
            await host.Feedback.AffirmAsync(Match());
            await host.SendAsync();
            await host.SendAsync();

            Assert.Equal((2, 1), (host.Channel.Failures, (await host.WaitingAsync()).Count));
            Assert.Equal(["failure", "failure"], host.Outcomes);
            Assert.Equal([("list=test", 1), ("list=test", 1)], host.Ear.Of("takeitdown.feedback.waiting"));
            Assert.Empty(_registry.Feedback);
            Assert.Equal(2, host.Logs.GetSnapshot().Count(record => record.Id.Id == 122));
        }
        _registry.Fault = null;
        using var restarted = new FeedbackHost(_registry, store: _store, outbox: _outbox);
        await restarted.SendAsync();
        Assert.True(_registry.Feedback.Count == 1, fault);
        Assert.Equal(0, restarted.Channel.Failures);
        Assert.Equal(["success"], restarted.Outcomes);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Retry_After_is_kept_to(int status)
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = First(1, context => Status(context, status, retryAfter: "90"));
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();

        Assert.Equal(TimeSpan.FromSeconds(90), Assert.Single(host.Time.Pauses));
        Assert.Equal(["success"], host.Outcomes);
    }

    [Fact]
    public async Task What_the_last_attempt_was_asked_for_is_kept_to_as_well()
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = Always(context => Status(context, 429, retryAfter: "100"));
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();
        Assert.Equal(4, host.Time.Pauses.Count);
        _registry.Fault = null;
        await host.SendAsync();
        Assert.All(host.Time.Pauses, pause => Assert.Equal(TimeSpan.FromSeconds(100), pause));
        Assert.Equal(5, host.Time.Pauses.Count);
        Assert.Single(_registry.Feedback);
    }

    [Fact]
    public async Task A_registry_that_asks_for_a_long_rest_is_not_called_again_before()
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = Always(context => Status(context, 503, retryAfter: "3600"));
        await host.Feedback.AffirmAsync(Match());
        for (var i = 0; i < 3; i++)
        {
            await host.SendAsync();
            host.Time.Advance(TimeSpan.FromMinutes(15));
        }
        Assert.Single(_registry.Requests);
        _registry.Fault = null;
        host.Time.Advance(TimeSpan.FromMinutes(20));
        await host.SendAsync();
        Assert.Single(_registry.Feedback);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_the_registry_refuses_is_given_up_and_told(int status)
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = When(context => context.Request.Path.Value!.Contains("/gone/", StringComparison.Ordinal), context => Status(context, status));
        await host.Feedback.AffirmAsync(Match("gone"));
        await host.Feedback.AffirmAsync(Match("there"));
        await host.SendAsync();

        Assert.Equal(["refused", "success"], host.Outcomes);
        Assert.Empty(await host.WaitingAsync());
        var told = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 121);
        Assert.Equal($"The registry 'test' refuses feedback on a md5: it answered {status}. It is not sent again.", told.Message);
        Assert.Equal(LogLevel.Error, told.Level);
    }

    [Fact]
    public async Task A_refusal_is_believed_of_a_registry_only()
    {
        // A gateway that has lost its registry finds nothing at all.
        using var host = new FeedbackHost(_registry);
        _registry.Fault = Always(context => Status(context, 404));
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();
        Assert.Equal(["failure"], host.Outcomes);
        _registry.Fault = null;
        await host.SendAsync();
        Assert.Single(_registry.Feedback);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeRegistry.StartAsync(new SwiftTime());
        using var host = new FeedbackHost(_registry);
        _registry.Fault = Puts(context =>
        {
            context.Response.Redirect(elsewhere.Root + context.Request.Path.Value!["/npo".Length..], permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();
        Assert.Empty(elsewhere.Requests);
        Assert.Equal(["failure"], host.Outcomes);
        Assert.Single(await host.WaitingAsync());
    }

    [Fact]
    public async Task A_word_that_fails_again_and_again_holds_up_no_other()
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = When(context => context.Request.Path.Value!.Contains("/bad/", StringComparison.Ordinal), context => Status(context, 500));
        foreach (var entry in (string[])["bad", "1", "2"]) await host.Feedback.AffirmAsync(Match(entry));
        await host.SendAsync();
        Assert.Empty(_registry.Feedback);
        await host.SendAsync();
        Assert.Equal(2, _registry.Feedback.Count);
        Assert.Equal(1, host.Channel.Failures);
        Assert.Equal(["test 42 bad Md5 "], await host.WaitingAsync());
    }

    [Fact]
    public async Task An_entry_that_no_address_can_name_leads_nowhere()
    {
        using var host = new FeedbackHost(_registry);
        foreach (var (member, entry) in new[] { ("..", "1"), ("42", ".."), (".", ".") }) await host.Feedback.AffirmAsync(Match(entry, member: member));
        await host.SendAsync();
        Assert.Empty(_registry.Requests);
        Assert.Equal(["refused", "refused", "refused"], host.Outcomes);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(202, null)]
    [InlineData(204, null)]
    public async Task A_yes_without_a_document_is_a_yes(int status, string? type)
    {
        using var host = new FeedbackHost(_registry);
        _registry.Fault = Puts(context =>
        {
            context.Response.ContentType = type;
            return Status(context, status);
        });
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();
        Assert.Equal(["success"], host.Outcomes);
    }

    [Fact]
    public async Task Another_password_is_used_from_the_next_attempt_on()
    {
        var password = "old";
        using var host = new FeedbackHost(_registry, configure: options => options.Password = password);
        _registry.Fault = When(_ => _registry.LastCredentials != "platform:new", context => Status(context, 401));
        await host.Feedback.AffirmAsync(Match());
        await host.SendAsync();
        Assert.Single(await host.WaitingAsync());
        password = "new";
        host.Get<Microsoft.Extensions.Options.IOptionsMonitorCache<NcmecRegistryOptions>>().Clear();
        await host.SendAsync();
        Assert.Single(_registry.Feedback);
    }

    private static Func<HttpContext, Task<bool>> Puts(Func<HttpContext, Task> answer) => When(context => context.Request.Method == HttpMethods.Put, answer);

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
