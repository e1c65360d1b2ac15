using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Tests.Kernels;

public sealed class KernelSelectionTests
{
    // As on a processor without 512-bit registers, where 128-bit code was measured to be the fastest.
    private static readonly Kernel<string>[] Table =
    [
        new(KernelWidth.Vector512, IsSupported: false, "512"),
        new(KernelWidth.Vector128, IsSupported: true, "128"),
        new(KernelWidth.Vector256, IsSupported: true, "256"),
        new(KernelWidth.Scalar, IsSupported: true, "scalar"),
    ];

    [Theory]
    [InlineData(null, "128")]
    [InlineData("", "128")]
    [InlineData("avx", "128")]
    [InlineData("512", "256")]
    [InlineData("256", "256")]
    [InlineData("128", "128")]
    [InlineData("scalar", "scalar")]
    public void Takes_the_first_that_runs_or_the_one_forced(string? variable, string expected) =>
        Assert.Equal(expected, KernelSelection.Choose(Table, KernelSelection.Parse(variable)).Run);
}
