namespace TakeItDown.Matching.Kernels;

/// <summary>
/// Chooses from tables of kernels. A table is ordered, fastest first by measurement, ends with a scalar kernel, and is all there is:
/// dispatch takes its kernel from it once, tests run over every supported entry, benchmarks show every entry.
/// </summary>
internal static class KernelSelection
{
    /// <summary>The environment variable that forces a kernel: <c>scalar</c>, <c>128</c>, <c>256</c> or <c>512</c>; anything else is no choice.</summary>
    public const string Variable = "TAKEITDOWN_KERNEL";

    /// <summary>What the environment forces on this process; null if nothing.</summary>
    public static KernelWidth? Forced { get; } = Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The kernel to use from a table in this process.</summary>
    public static Kernel<T> Choose<T>(IReadOnlyList<Kernel<T>> fastestFirst) => Choose(fastestFirst, Forced);

    /// <summary>
    /// The first kernel that the processor runs and that is no wider than <paramref name="widest"/>: so forcing a width that a table or
    /// the processor lacks gives the next narrower one, and never an illegal instruction.
    /// </summary>
    public static Kernel<T> Choose<T>(IReadOnlyList<Kernel<T>> fastestFirst, KernelWidth? widest) =>
        fastestFirst.Where(kernel => kernel.IsSupported && kernel.Width <= (widest ?? KernelWidth.Vector512))
            .OrderByDescending(kernel => widest is null ? 0 : (int)kernel.Width)
            .First();

    /// <summary>Reads a choice; null for text that is none.</summary>
    public static KernelWidth? Parse(string? text) => text switch
    {
        "scalar" => KernelWidth.Scalar,
        "128" => KernelWidth.Vector128,
        "256" => KernelWidth.Vector256,
        "512" => KernelWidth.Vector512,
        _ => null,
    };
}
