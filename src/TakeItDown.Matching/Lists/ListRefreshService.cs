using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

/// <summary>Keeps the lists fresh for as long as the host runs, each for itself: one that fails or is slow holds up no other. No failure ends it.</summary>
internal sealed class ListRefreshService(
    ListManager manager, SteadyOptions<SyncOptions> options, TimeProvider time, ILogger<ListRefreshService> logger) : BackgroundService
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    /// <summary>Loads before the host goes on to start, so that the first upload already meets the list that the store holds.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await manager.LoadAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(manager.Managed.Select(list => KeepFreshAsync(list, stoppingToken)));

    private async Task KeepFreshAsync(ManagedList list, CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            failures = await RefreshAsync(list, stoppingToken).ConfigureAwait(false) ? 0 : failures + 1;
            await Task.Delay(Pause(failures), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> RefreshAsync(ManagedList list, CancellationToken stoppingToken)
    {
        try
        {
            var result = await list.RefreshAsync(progress: null, stoppingToken).ConfigureAwait(false);
            return result.Error is null;
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            Log.ServiceFailed(logger, list.Name, Failure.Trace(e));
            return false;
        }
    }

    /// <summary>The interval, give or take a tenth; after failures a minute, then two, and so on up to the interval.</summary>
    private TimeSpan Pause(int failures)
    {
        var interval = options.Get().RefreshInterval;
        var retry = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 20));
        var pause = failures > 0 && retry < interval ? retry : interval;
        return pause * (RandomNumberGenerator.GetInt32(900, 1101) / 1000.0);
    }
}
