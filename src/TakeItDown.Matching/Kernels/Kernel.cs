namespace TakeItDown.Matching.Kernels;

/// <summary>One way to compute something; every kernel of a table gives the same bits.</summary>
/// <param name="Width">What names the kernel in its table.</param>
/// <param name="IsSupported">Whether this processor runs it.</param>
/// <param name="Run">The code: a delegate, or an object that holds several.</param>
internal sealed record Kernel<T>(KernelWidth Width, bool IsSupported, T Run)
{
    /// <summary>The width: what tests and benchmarks show.</summary>
    public override string ToString() => Width.ToString();
}
