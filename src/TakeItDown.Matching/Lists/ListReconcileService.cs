using Microsoft.Extensions.Hosting;

namespace TakeItDown.Matching.Lists;

/// <summary>Compares lists with their registries from beginning to end when it is time, a little at a time.</summary>
internal sealed class ListReconcileService(ListManager manager, TimeProvider time) : BackgroundService
{
    /// <summary>How often to see whether it is time.</summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Each list for itself: one that is slow holds up no other.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(manager.Managed.Select(list => ReconcileAsync(list, stoppingToken)));

    private async Task ReconcileAsync(ManagedList list, CancellationToken stoppingToken)
    {
        var pause = IdlePause;
        while (true)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            var begun = time.GetTimestamp();
            bool more;
            try
            {
                more = await list.ReconcileAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // A host that ends while it starts takes anything else for a failure.
                return;
            }
            // It may take a quarter of the time: refreshes, scans and the registry come first.
            var rest = time.GetElapsedTime(begun) * 3;
            pause = !more ? IdlePause : rest > ShortestPause ? rest : ShortestPause;
        }
    }
}
