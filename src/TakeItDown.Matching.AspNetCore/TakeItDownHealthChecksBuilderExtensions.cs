using Microsoft.Extensions.Diagnostics.HealthChecks;
using TakeItDown.Matching.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of the lists.</summary>
public static class TakeItDownHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is unhealthy while any list was never read completely or is older than allowed, and degraded while the last refresh failed,
    /// a complete list is empty, a list is being read anew, the last comparison with the registry found missed changes, failed or is overdue, entries match far more uploads than expected, or ffmpeg or a decoder's native
    /// library is missing. Its data names every list's freshness, entries and age.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    public static IHealthChecksBuilder AddTakeItDownLists(this IHealthChecksBuilder builder, string name = "takeitdown-lists", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<ListHealthCheck>(name, failureStatus: HealthStatus.Unhealthy, tags ?? []);
    }
}
