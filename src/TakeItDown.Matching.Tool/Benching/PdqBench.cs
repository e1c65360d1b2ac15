using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>The PDQ hash of a decoded picture, on one thread.</summary>
internal static class PdqBench
{
    private const int Side = 512;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        var pixels = DrawnPicture.Grey(Side, Side);
        var scalar = PdqKernel.Table.Single(kernel => kernel.Width == KernelWidth.Scalar).Run;
        var (hash, reference) = await plan.Runs.CompareAsync(() => Hash(PdqKernel.Best), () => Hash(scalar));
        yield return new Figure("pdq.512.grey", hash * 1e6, "us", "the scalar kernel", reference / hash);

        void Hash(PdqKernel kernel) => kernel.Hash(new PixelBuffer(pixels, Side, Side, PixelFormat.Grey8));
    }
}
