using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Scanning;

/// <summary>Says at start what is only reported, so that nobody takes it for enforced.</summary>
internal sealed partial class ReportOnlyStartup(IListManager lists, IOptions<MatchingOptions> matching, ILogger<ReportOnlyStartup> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var list in lists.Lists)
        {
            if (list is { IsInUse: true, Mode: ListMode.ReportOnly }) LogList(logger, list.Name);
        }
        if (matching.Value.ReportOnly != MatchWays.None) LogWays(logger, matching.Value.ReportOnly);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(340, LogLevel.Warning, "The list '{List}' is only reported: nothing that it finds is enforced. Set its Mode to Enforce once you trust it.", EventName = "ListReportedOnly")]
    private static partial void LogList(ILogger logger, string list);

    [LoggerMessage(341, LogLevel.Warning, "What is found by these ways is only reported, and not enforced: {Ways}. Take them out of MatchingOptions.ReportOnly once you trust them.", EventName = "WaysReportedOnly")]
    private static partial void LogWays(ILogger logger, MatchWays ways);
}
