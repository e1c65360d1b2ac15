using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Lists;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>What the health check says of things that are in order otherwise.</summary>
public class ListHealthTests
{
    [Fact]
    public async Task Drift_degrades_until_a_comparison_finds_none()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var source = new ScriptedSource("npo");
        await using var host = Host(source, time);
        var manager = host.GetRequiredService<ListManager>();
        source.Enqueue(Page("1", time.GetUtcNow(), 1));
        await manager.RefreshAsync();

        const string Text = "The list npo had missed changes of its registry: 1 entries were not as they should be, found and mended on 2026-03-08 12:00:00Z.";
        await CompareAsync(1, 2);
        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains(Text, report.Description, StringComparison.Ordinal);
        await CompareAsync(1, 2);
        Assert.DoesNotContain("missed changes", (await CheckAsync(host)).Description, StringComparison.Ordinal);

        async Task CompareAsync(params int[] entries)
        {
            time.Advance(TimeSpan.FromDays(7));
            source.Enqueue(Page("1", time.GetUtcNow(), entries));
            await manager.Managed.Single().ReconcileAsync(default);
            time.Advance(TimeSpan.FromHours(1));
            source.Enqueue(Page("2", time.GetUtcNow()));
            await manager.RefreshAsync();
        }
    }

    [Fact]
    public async Task A_list_that_is_read_anew_degrades()
    {
        var source = new ScriptedSource("npo");
        await using var host = Host(source, TimeProvider.System);
        var manager = host.GetRequiredService<ListManager>();
        source.Enqueue(Page("1", TimeProvider.System.GetUtcNow(), 1));
        await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        source.Enqueue(Page("1", completeThrough: null, 1));
        await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);

        var report = await CheckAsync(host);

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("The list npo is being read anew", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_list_without_an_entry_degrades_and_is_warned_of_once()
    {
        var source = new ScriptedSource("npo");
        var logs = new FakeLogCollector();
        await using var host = Host(source, TimeProvider.System, logs: logs);
        var manager = host.GetRequiredService<ListManager>();
        for (var i = 0; i < 2; i++)
        {
            source.Enqueue(Page(i == 0 ? "1" : "2", TimeProvider.System.GetUtcNow()));
            await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
            Assert.Contains("The list npo is complete and holds no entry", (await CheckAsync(host)).Description, StringComparison.Ordinal);
        }
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
        Assert.Single(logs.GetSnapshot(), record => record.Id.Id == 119);

        source.Enqueue(Page("3", TimeProvider.System.GetUtcNow(), 1));
        await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("no entry", (await CheckAsync(host)).Description ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_that_fails_or_is_overdue_degrades()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var source = new ScriptedSource("npo");
        await using var host = Host(source, time);
        var manager = host.GetRequiredService<ListManager>();
        source.Enqueue(Page("1", time.GetUtcNow(), 1));
        await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);

        await AfterAsync(TimeSpan.FromDays(14));
        Assert.DoesNotContain("is not compared", (await CheckAsync(host)).Description, StringComparison.Ordinal);
        await AfterAsync(TimeSpan.FromTicks(2));
        Assert.Contains("is not compared with its whole registry: It is overdue: the list was last read from its beginning on 2026-03-01 12:00:00Z.", (await CheckAsync(host)).Description, StringComparison.Ordinal);
        source.Enqueue([null]);
        Assert.False(await manager.Managed.Single().ReconcileAsync(default));
        Assert.Contains("is not compared with its whole registry: the registry is away", (await CheckAsync(host)).Description, StringComparison.Ordinal);

        source.Enqueue(Page("1", time.GetUtcNow(), 1));
        Assert.False(await manager.Managed.Single().ReconcileAsync(default));
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.DoesNotContain("is not compared", (await CheckAsync(host)).Description, StringComparison.Ordinal);

        async Task AfterAsync(TimeSpan pause)
        {
            time.Advance(pause);
            source.Enqueue(Page("2", time.GetUtcNow()));
            await manager.RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Without_ffmpeg_it_is_degraded()
    {
        var source = new ScriptedSource("npo");
        await using var host = Host(source, TimeProvider.System, options => options.FfmpegDirectory = "/nowhere");
        source.Enqueue(Page("1", TimeProvider.System.GetUtcNow(), 1));
        await host.GetRequiredService<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);

        var report = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("The frames of videos are not looked at: install ffmpeg", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_only_reported_degrades_where_an_enforced_one_would_be_unhealthy()
    {
        var source = new ScriptedSource("npo");
        await using var enforced = Host(source, TimeProvider.System);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(enforced)).Status);

        await using var reported = Host(source, TimeProvider.System, mode: ListMode.ReportOnly);
        var report = await CheckAsync(reported);
        Assert.Equal((HealthStatus.Degraded, "ReportOnly"), (report.Status, report.Data["npo.mode"]));
        Assert.Contains("The list npo has never been read completely.", report.Description, StringComparison.Ordinal);
    }

    private static ServiceProvider Host(ScriptedSource source, TimeProvider time, Action<MatchingOptions>? configure = null, FakeLogCollector? logs = null, ListMode mode = ListMode.Enforce)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<IListSource>(source);
        if (logs is not null) services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)));
        services.AddTakeItDownMatching(configure ?? (static _ => { })).ConfigureList(source.Name, options => options.Mode = mode);
        services.Configure<SyncOptions>(static options => options.ReconcileInterval = TimeSpan.FromDays(7));
        services.AddHealthChecks().AddTakeItDownLists();
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider host) =>
        Assert.Single((await host.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries).Value;
}
