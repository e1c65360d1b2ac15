namespace TakeItDown.Matching;

/// <summary>Something of the content that could not be looked at. While there is a gap, a missing match proves nothing.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Stage">Where in the content.</param>
/// <param name="Way">The way, or the ways together, in which it was to be looked at.</param>
public readonly record struct ContentGap(ScanReason Reason, ContentStage Stage, MatchWays Way = MatchWays.Whole);
