using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>What docs/telemetry.md shows.</summary>
internal static class TelemetrySnippets
{
    public static void Register(IServiceCollection services)
    {
        // snippet: opentelemetry
        services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(MatchingTelemetry.MeterName))
            .WithTracing(tracing => tracing.AddSource(MatchingTelemetry.ActivitySourceName));
        // end of snippet
    }
}
