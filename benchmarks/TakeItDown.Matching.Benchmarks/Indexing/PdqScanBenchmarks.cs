using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing.Pdq;
using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>Comparing one hash with 4,096 that lie in the cache, by every kernel: time for all of them.</summary>
public class PdqScanBenchmarks
{
    private readonly PdqHash[] _codes = RandomHashes.Pdq(4096, seed: 5);
    private readonly int[] _found = new int[4096];
    private readonly PdqHash _query = RandomHashes.Pdq(1, seed: 6)[0];

    public static IEnumerable<object> Kernels => PdqScans.Table.Where(kernel => kernel.IsSupported && kernel.Width != KernelWidth.Scalar);

    [ParamsSource(nameof(Kernels))]
    public object Kernel { get; set; } = null!;

    [Benchmark(Baseline = true)]
    public int Scalar() => PdqScans.Table.Single(kernel => kernel.Width == KernelWidth.Scalar).Run(_codes, _query, 31, _found);

    [Benchmark]
    public int Scan() => ((Kernel<PdqScan>)Kernel).Run(_codes, _query, 31, _found);
}
