namespace TakeItDown.Matching.Tool.Benching;

/// <summary>One result of a measurement.</summary>
/// <param name="Name">What was measured; scripts rely on it.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit"><c>ns</c>, <c>us</c>, <c>ms</c>, <c>s</c>, <c>B</c> or <c>1/s</c>.</param>
/// <param name="Baseline">What it was compared with in the same run; null if with nothing.</param>
/// <param name="Ratio">How many times better than the baseline; for decoding, how many times its cost.</param>
internal sealed record Figure(string Name, double Value, string Unit, string? Baseline = null, double? Ratio = null);
