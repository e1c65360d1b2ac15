namespace TakeItDown.Matching.Tool.Benching;

/// <summary>What a capacity check works with.</summary>
/// <param name="Entries">The length of the lists to look up in.</param>
/// <param name="Files">A directory with the platform's own files; null to draw some.</param>
/// <param name="Runs">How to measure.</param>
/// <param name="Time">The clock.</param>
/// <param name="CancellationToken">Stops it.</param>
internal sealed record BenchPlan(int Entries, DirectoryInfo? Files, RepeatedRuns Runs, TimeProvider Time, CancellationToken CancellationToken);
