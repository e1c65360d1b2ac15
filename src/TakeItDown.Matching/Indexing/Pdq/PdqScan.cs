using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Compares a hash with every one of a row of hashes.</summary>
/// <param name="codes">The row.</param>
/// <param name="query">What to compare with.</param>
/// <param name="maximumDistance">0 to 256.</param>
/// <param name="found">Takes the places of the hashes within the distance, in ascending order; at least as long as the row.</param>
/// <returns>How many were found.</returns>
internal delegate int PdqScan(ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found);

/// <summary>The ways to scan.</summary>
internal static class PdqScans
{
    /// <summary>Fastest first. There is none of 128 bits: counting bits a word at a time is faster.</summary>
    public static readonly Kernel<PdqScan>[] Table =
    [
        new(KernelWidth.Vector512, PdqScanVector512.IsSupported, PdqScanVector512.Scan),
        new(KernelWidth.Vector256, PdqScanVector256.IsSupported, PdqScanVector256.Scan),
        new(KernelWidth.Scalar, IsSupported: true, Scan),
    ];

    /// <summary>The one to use.</summary>
    public static readonly PdqScan Best = KernelSelection.Choose(Table).Run;

    private static int Scan(ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found) =>
        ScanFrom(0, codes, query, maximumDistance, found, 0);

    /// <summary>Scans from a place on, one hash at a time, and adds to what was found already: what is left over at the end of a row.</summary>
    public static int ScanFrom(int start, ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found, int count)
    {
        for (var i = start; i < codes.Length; i++)
        {
            if (codes[i].DistanceTo(query) <= maximumDistance) found[count++] = i;
        }
        return count;
    }
}
