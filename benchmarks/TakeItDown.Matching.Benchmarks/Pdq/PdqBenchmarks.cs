using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Benchmarks.Pdq;

/// <summary>PDQ of 512 x 512 grey pixels, by every kernel this processor runs; the baseline is the scalar transcription of the reference.</summary>
[MemoryDiagnoser]
public class PdqBenchmarks
{
    private readonly byte[] _pixels = DrawnPicture.Grey(512, 512);
    private Kernel<PdqKernel> _scalar = null!;

    /// <summary>The kernels to compare.</summary>
    public static IEnumerable<object> Kernels => PdqKernel.Table.Where(kernel => kernel.IsSupported);

    [ParamsSource(nameof(Kernels))]
    public object Kernel { get; set; } = null!;

    [GlobalSetup]
    public void Prepare() => _scalar = PdqKernel.Table.Single(kernel => kernel.Width == KernelWidth.Scalar);

    [Benchmark(Baseline = true)]
    public PdqResult Scalar() => Hash(_scalar.Run);

    [Benchmark]
    public PdqResult Hash() => Hash(((Kernel<PdqKernel>)Kernel).Run);

    private PdqResult Hash(PdqKernel kernel) => kernel.Hash(new PixelBuffer(_pixels, 512, 512, PixelFormat.Grey8));
}
