using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>
/// Finds PDQ hashes within a distance, all of them. Small lists are scanned. In others a hash that is near the query in all is nearer
/// still in one of its bands, see <see cref="PdqBandBits.Radius"/>: looking up the values around the query's in each band gives
/// candidates, which are then compared.
/// </summary>
/// <remarks>
/// The work of a query is bounded by the number of distinct hashes N, whatever they are: candidates beyond N / <see cref="ScanAbove"/>
/// (many near-identical hashes) end the search and the list is scanned, which reads memory in order. So a query costs at most
/// its look-ups in the bands, a few thousand, and two scans. Equal hashes are one. Reporting takes 16 bytes a hit, and is bounded by the
/// caller's limit.
/// </remarks>
internal sealed class PdqIndex(AlignedArray<PdqHash> hashes, int[] owners, IntLists lists, PdqBand[] bands)
{
    private const int ScanAbove = 16;

    // So many hashes that they stay in the first-level cache while every query of a batch is compared with them.
    private const int ScanBlock = 512;

    /// <summary>How many distinct hashes there are.</summary>
    public int Count => hashes.Length;

    /// <summary>How many bands there are; 0 for a list to scan.</summary>
    public int Bands => bands.Length;

    /// <summary>The memory taken, in bytes.</summary>
    public long Bytes => hashes.Bytes + ((long)owners.Length * sizeof(int)) + lists.Bytes + bands.Sum(band => band.Bytes);

    /// <summary>The hash of a hit, see <see cref="IndexHit.Hash"/>.</summary>
    public PdqHash Get(int hash) => hashes.Span[hash];

    /// <summary>The number of bands to use for so many hashes; 0 to scan.</summary>
    /// <remarks>
    /// Fewer, wider bands mean more values to look up and fewer candidates to compare. The steps are where one was measured to overtake
    /// the other, at a distance of 31 in random hashes, except that the widest bands wait until their bits cost little beside the hashes.
    /// </remarks>
    public static int ChooseBands(int count) => count switch
    {
        < 2_000 => 0,
        < 10_000 => 16,
        < 100_000 => 14,
        < 500_000 => 13,
        _ => 11,
    };

    /// <summary>
    /// Collects every entry with a hash within the distance of any of the queries. A scan compares all of them with what is in the cache; through the
    /// bands they go one after the other, since the cache misses of one query overlap already.
    /// </summary>
    public void Find(ReadOnlySpan<PdqHash> queries, int maximumDistance, HitCollector hits)
    {
        if (Count == 0) return;
        if (bands.Length == 0 || PdqBandBits.Radius(0, bands.Length, maximumDistance) > PdqBand.LargestRadius)
        {
            Scan(queries, 0, maximumDistance, PdqScans.Best, hits);
            return;
        }
        for (var query = 0; query < queries.Length && !hits.IsFull; query++)
        {
            var before = hits.Count;
            var probe = new PdqProbe(hashes.Span, owners, lists, queries[query], query, maximumDistance, Count / ScanAbove);
            if (probe.Run(bands, hits)) continue;
            hits.CutBack(before);
            Scan(queries.Slice(query, 1), query, maximumDistance, PdqScans.Best, hits);
        }
    }

    /// <summary>The same by comparing every hash.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="first">The number of the first of them among the caller's.</param>
    /// <param name="maximumDistance">0 to 256.</param>
    /// <param name="scan">How to compare.</param>
    /// <param name="hits">Takes what is found.</param>
    public void Scan(ReadOnlySpan<PdqHash> queries, int first, int maximumDistance, PdqScan scan, HitCollector hits)
    {
        Span<int> found = stackalloc int[ScanBlock];
        for (var start = 0; start < Count && !hits.IsFull; start += ScanBlock)
        {
            var block = hashes.Span[start..Math.Min(Count, start + ScanBlock)];
            for (var query = 0; query < queries.Length; query++)
            {
                var count = scan(block, queries[query], maximumDistance, found);
                foreach (var at in found[..count])
                    hits.Add(lists.Get(ref owners[start + at]), block[at].DistanceTo(queries[query]), first + query, start + at);
            }
        }
    }
}
