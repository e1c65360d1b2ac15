using Microsoft.Extensions.Hosting;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Feedback;

/// <summary>Sends feedback for as long as the host runs, each list for itself. No failure ends it.</summary>
internal sealed class FeedbackService(ListFeedback feedback, TimeProvider time) : BackgroundService
{
    /// <summary>How often to look for what another process has put into the outbox; what is put in this one is sent at once.</summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(feedback.Channels.Select(channel => SendAsync(channel, stoppingToken)));

    private async Task SendAsync(FeedbackChannel channel, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await channel.SendAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // A host that ends while it starts takes anything else for a failure.
                return;
            }
            var pause = channel.Failures == 0
                ? channel.WaitAsync(IdlePause, stoppingToken)
                : Task.Delay(RegistryBackoff.AfterGivingUp(channel.Failures), time, stoppingToken);
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
