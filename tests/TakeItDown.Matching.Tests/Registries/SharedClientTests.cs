using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Registries.Ncmec;
using TakeItDown.Matching.Registries.StopNcii;
using TakeItDown.Matching.Tests.Feedback;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>Whoever asks a list's registry asks through one client, and keeps the pause that any of them was asked for.</summary>
public sealed class SharedClientTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync() => _registry = await FakeRegistry.StartAsync(_time);

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task A_pause_that_a_refresh_was_asked_for_holds_for_feedback()
    {
        using var host = new FeedbackHost(_registry, _time);
        _registry.Fault = Always(context => Status(context, 503, "1200"));
        await host.Feedback.AffirmAsync(FeedbackHost.Match());
        Assert.NotNull(Assert.Single(await host.Get<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken)).Error);
        var asked = _registry.Requests.Count;
        _registry.Fault = null;

        await host.SendAsync();

        Assert.Equal(asked, _registry.Requests.Count);
        Assert.Single(await host.WaitingAsync());
        _time.Advance(TimeSpan.FromMinutes(20));
        await host.SendAsync();
        Assert.Single(_registry.Feedback);
    }

    [Fact]
    public async Task A_pause_that_feedback_was_asked_for_holds_for_a_refresh()
    {
        using var host = new FeedbackHost(_registry, _time);
        _registry.Fault = Always(context => Status(context, 429, "1200"));
        await host.Feedback.AffirmAsync(FeedbackHost.Match());
        await host.SendAsync();
        var asked = _registry.Requests.Count;
        _registry.Fault = null;

        var refresh = Assert.Single(await host.Get<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("asked not to be called again within 20 minutes", refresh.Error, StringComparison.Ordinal);
        Assert.Equal(asked, _registry.Requests.Count);
    }

    [Fact]
    public void Lists_have_clients_of_their_own()
    {
        var services = new ServiceCollection();
        services.AddTakeItDownMatching()
            .AddNcmecRegistry("one", _ => { }).AddNcmecRegistry("two", _ => { })
            .AddStopNcii("three", _ => { });
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredKeyedService<NcmecClient>("one"), provider.GetRequiredKeyedService<NcmecClient>("one"));
        Assert.NotSame(provider.GetRequiredKeyedService<NcmecClient>("one"), provider.GetRequiredKeyedService<NcmecClient>("two"));
        Assert.NotNull(provider.GetRequiredKeyedService<StopNciiClient>("three"));
        Assert.Equal(["one", "two", "three"], provider.GetServices<IListSource>().Select(source => source.Name));
        Assert.Equal(["one", "two", "three"], provider.GetServices<IFeedbackSource>().Select(source => source.Name));
    }
}
