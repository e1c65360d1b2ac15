using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Tests.Syncing;

public sealed class ListRefreshServiceTests : IListManager
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    private readonly WatchedTime _time = new();
    private int _loads, _refreshes;
    private Func<string?> _refresh = () => null;

    public IReadOnlyList<ListStatus> Lists => [];

    [Fact]
    public async Task Loads_before_the_host_goes_on_and_then_refreshes_again_and_again()
    {
        using var service = Service();
        await service.StartAsync(default);
        Assert.Equal(1, _loads);

        for (var i = 1; i <= 20; i++) await PausesForAsync(Interval, refreshes: i);

        await service.StopAsync(default);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task After_failures_it_tries_again_sooner_and_then_less_and_less()
    {
        _refresh = () => "the registry is away";
        using var service = Service();
        await service.StartAsync(default);

        var refreshes = 0;
        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 30, 30]) await PausesForAsync(TimeSpan.FromMinutes(minutes), ++refreshes);
        _refresh = () => null;
        await PausesForAsync(TimeSpan.FromMinutes(30), ++refreshes);
        await service.StopAsync(default);
    }

    [Fact]
    public async Task No_exception_ends_it()
    {
        _refresh = () => throw new InvalidOperationException("a defect");
        using var service = Service();
        await service.StartAsync(default);

        await PausesForAsync(TimeSpan.FromMinutes(1), refreshes: 1);
        await PausesForAsync(TimeSpan.FromMinutes(2), refreshes: 2);

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(default);
        Assert.True(service.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public void Intervals_that_cannot_be_are_refused_with_a_word_on_what_to_change()
    {
        var validator = new SyncOptionsValidator();

        Assert.True(validator.Validate(null, new SyncOptions()).Succeeded);
        Assert.Contains("RefreshInterval", validator.Validate(null, new SyncOptions { RefreshInterval = TimeSpan.Zero }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("RefreshInterval", validator.Validate(null, new SyncOptions { RefreshInterval = TimeSpan.FromDays(40), MaximumAge = TimeSpan.FromDays(50) }).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("MaximumAge", validator.Validate(null, new SyncOptions { MaximumAge = TimeSpan.FromMinutes(5) }).FailureMessage, StringComparison.Ordinal);
    }

    Task IListManager.LoadAsync(CancellationToken cancellationToken)
    {
        _loads++;
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<RefreshResult>> IListManager.RefreshAsync(IProgress<RefreshProgress>? progress, CancellationToken cancellationToken)
    {
        _refreshes++;
        return Task.FromResult<IReadOnlyList<RefreshResult>>([new RefreshResult("npo", 0, 0, 0, _refresh())]);
    }

    private ListRefreshService Service()
    {
        var options = new ServiceCollection().AddSyncing().Configure<SyncOptions>(options => options.RefreshInterval = Interval).BuildServiceProvider();
        return new ListRefreshService(this, options.GetRequiredService<SteadyOptions<SyncOptions>>(), _time, NullLogger<ListRefreshService>.Instance);
    }

    /// <summary>Waits until the service pauses, holds the pause to the expectation, and lets it pass.</summary>
    private async Task PausesForAsync(TimeSpan pause, int refreshes)
    {
        var actual = await _time.NextPauseAsync();
        Assert.InRange(actual, pause * 0.9, pause * 1.1);
        Assert.Equal(refreshes, _refreshes);
        _time.Advance(actual);
    }
}
