using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Syncing;
using static TakeItDown.Matching.Tests.Syncing.ScriptedSource;

namespace TakeItDown.Matching.Tests.Syncing;

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

    private static ServiceProvider Host(ScriptedSource source, TimeProvider time, Action<MatchingOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<IListSource>(source);
        services.AddTakeItDownMatching(configure ?? (static _ => { }));
        services.AddHealthChecks().AddTakeItDownLists();
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider host) =>
        Assert.Single((await host.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries).Value;
}
