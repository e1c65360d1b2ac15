using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Feedback;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using TakeItDown.Matching.Tests.Telemetry;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>Feedback as an application registers it, on a list named <c>test</c>, sent when a test says so.</summary>
internal sealed class FeedbackHost : IDisposable
{
    private readonly ServiceProvider _provider;

    public FeedbackHost(Action<IMatchingBuilder> configure, TimeProvider? time = null, IListStore? store = null, IFeedbackOutbox? outbox = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? Time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Logs)).SetMinimumLevel(LogLevel.Trace));
        if (store is not null) services.AddSingleton(store);
        if (outbox is not null || store is IFeedbackOutbox) services.AddSingleton(outbox ?? (IFeedbackOutbox)store!);
        configure(services.AddTakeItDownMatching());
        _provider = services.BuildServiceProvider(validateScopes: true);
        Ear = new Ear(Get<IMeterFactory>(), Get<MatchingInstruments>());
    }

    public FeedbackHost(FakeRegistry registry, SwiftTime? time = null, IListStore? store = null, Action<NcmecRegistryOptions>? configure = null, IFeedbackOutbox? outbox = null)
        : this(builder => AddRegistry(builder, registry, configure), time, store, outbox)
    {
    }

    public SwiftTime Time { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public Ear Ear { get; }

    public IListFeedback Feedback => Get<IListFeedback>();

    public FeedbackChannel Channel => Get<ListFeedback>().Channels.Single();

    public IFeedbackOutbox Outbox => Get<IFeedbackOutbox>();

    public static Match Match(string entry = "1", HashKind kind = HashKind.Md5, string list = "test", string member = "42") =>
        new() { List = list, Member = member, Entry = entry, Kind = kind };

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public Task SendAsync() => Channel.SendAsync(TestContext.Current.CancellationToken);

    /// <summary>What became of the attempts to send.</summary>
    public List<string> Outcomes => [.. Ear.Of("takeitdown.feedback.attempts").Select(heard => heard.Tags["list=test outcome=".Length..])];

    public Task<List<string>> WaitingAsync() => OutboxModelTests.WaitingAsync(Outbox, "test");

    public void Dispose()
    {
        Ear.Dispose();
        _provider.Dispose();
    }

    private static void AddRegistry(IMatchingBuilder builder, FakeRegistry registry, Action<NcmecRegistryOptions>? configure) => builder.AddNcmecRegistry("test", options =>
    {
        (options.Root, options.UserName, options.Password) = (registry.Root, "platform", "correct horse");
        options.Members.Add("*");
        configure?.Invoke(options);
    });
}
