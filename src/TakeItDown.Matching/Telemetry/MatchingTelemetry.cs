namespace TakeItDown.Matching;

/// <summary>The names under which an application listens to this library. See <c>docs/telemetry.md</c> for what there is to hear.</summary>
public static class MatchingTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "TakeItDown.Matching";

    /// <summary>The name of the source of activities, which tracing calls spans.</summary>
    public const string ActivitySourceName = MeterName;
}
