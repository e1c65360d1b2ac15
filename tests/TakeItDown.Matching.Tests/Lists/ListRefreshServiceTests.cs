using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Tests.Registries;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

public sealed class ListRefreshServiceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);

    private readonly WatchedTime _time = new();
    private readonly ScriptedSource _source = new("npo");
    private readonly StuckSource _stuck = new();
    private SyncHost? _host;

    public void Dispose() => _host?.Dispose();

    [Fact]
    public async Task Loads_before_the_host_goes_on_and_then_refreshes_again_and_again()
    {
        var service = Service(_source);
        await _host!.Store.ApplyAsync("npo", Page("1", _time.GetUtcNow(), 1, 2, 3));
        for (var i = 0; i < 20; i++) _source.Enqueue(Page("2", _time.GetUtcNow()));
        await service.StartAsync(default);
        Assert.Equal(3, _host.Status.Entries);

        for (var i = 1; i <= 20; i++) await PausesForAsync(Interval, refreshes: i);

        await service.StopAsync(default);
    }

    [Fact]
    public async Task After_failures_it_tries_again_sooner_and_then_less_and_less()
    {
        for (var i = 0; i < 7; i++) _source.Enqueue([null]);
        _source.Enqueue(Page("1", _time.GetUtcNow()));
        var service = Service(_source);
        await service.StartAsync(default);

        var refreshes = 0;
        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 30, 30]) await PausesForAsync(TimeSpan.FromMinutes(minutes), ++refreshes);
        await PausesForAsync(Interval, ++refreshes);
        await service.StopAsync(default);
    }

    [Fact]
    public async Task A_list_that_never_answers_or_always_fails_leaves_the_others_their_pace()
    {
        var broken = new ScriptedSource("broken");
        for (var i = 0; i < 5; i++)
        {
            _source.Enqueue(Page("1", _time.GetUtcNow(), 1));
            broken.Enqueue([null]);
        }
        var service = Service(_stuck, _source, broken);
        await service.StartAsync(default);

        TimeSpan[] pauses = [await _time.NextPauseAsync(), await _time.NextPauseAsync()];
        Assert.InRange(pauses.Max(), Interval * 0.9, Interval * 1.1);
        Assert.InRange(pauses.Min(), TimeSpan.FromMinutes(0.9), TimeSpan.FromMinutes(1.1));
        while (_source.Cursors.Count < 3)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }

        Assert.Equal(1, _stuck.Reads);
        Assert.Equal(ListFreshness.Fresh, _host!.Manager.Lists[1].Freshness);
        await service.StopAsync(default);
    }

    [Fact]
    public async Task No_exception_ends_it()
    {
        var service = Service(_source);
        await service.StartAsync(default);
        // The script is empty, which no list foresees; and then the lists themselves are gone.
        await PausesForAsync(TimeSpan.FromMinutes(1), refreshes: 1, () => _host!.Get<ListManager>().Dispose());
        await PausesForAsync(TimeSpan.FromMinutes(2), refreshes: 1);

        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(default);
        Assert.True(service.ExecuteTask.IsCompletedSuccessfully);
        Assert.Contains(_host!.Logs.GetSnapshot(), record => record.Id.Id == 108);
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

    private ListRefreshService Service(params IListSource[] sources)
    {
        _host = new SyncHost(_time, builder =>
        {
            foreach (var source in sources) builder.Services.AddSingleton(source);
        });
        return _host.Get<IEnumerable<IHostedService>>().OfType<ListRefreshService>().Single();
    }

    /// <summary>Waits until the service pauses, holds the pause to the expectation, and lets it pass.</summary>
    private async Task PausesForAsync(TimeSpan pause, int refreshes, Action? meanwhile = null)
    {
        var actual = await _time.NextPauseAsync();
        Assert.InRange(actual, pause * 0.9, pause * 1.1);
        Assert.Equal(refreshes, _source.Cursors.Count);
        meanwhile?.Invoke();
        _time.Advance(actual);
    }

    /// <summary>A source that never answers.</summary>
    private sealed class StuckSource : IListSource
    {
        public string Name => "stuck";

        public int Reads { get; private set; }

        public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Reads++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }
}
