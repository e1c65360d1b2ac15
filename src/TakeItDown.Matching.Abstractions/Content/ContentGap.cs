namespace TakeItDown.Matching;

/// <summary>Something of the content that could not be looked at. While there is a gap, a missing match proves nothing.</summary>
public readonly record struct ContentGap
{
    /// <summary>Why.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>Where in the content.</summary>
    public required ContentStage Stage { get; init; }

    /// <summary>The way, or the ways together, in which it was to be looked at.</summary>
    public required MatchWays Way { get; init; }
}
