using System.Numerics;
using System.Runtime.CompilerServices;
using TakeItDown.Matching.Indexing.Memory;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>One query on its way through the bands. Each step asks for the memory of the next, so that the cache misses of many lists overlap.</summary>
internal readonly ref struct PdqProbe(
    ReadOnlySpan<PdqHash> hashes, int[] owners, IntLists lists, PdqHash query, int number, int maximumDistance, int budget)
{
    private const int Batch = 512;

    private readonly ReadOnlySpan<PdqHash> _hashes = hashes;

    /// <summary>Searches all bands.</summary>
    /// <returns>False if there are more candidates than the budget allows: then what was collected is not all.</returns>
    [SkipLocalsInit]
    public bool Run(PdqBand[] bands, HitCollector hits)
    {
        Span<int> names = stackalloc int[PdqBand.MostLists];
        Span<int> candidates = stackalloc int[Batch];
        var left = budget;
        for (var band = 0; band < bands.Length; band++)
        {
            var radius = PdqBandBits.Radius(band, bands.Length, maximumDistance);
            if (radius < 0) break;
            var count = bands[band].FindLists(in query, radius, names);
            foreach (ref var name in names[..count])
            {
                name = bands[band].GetName(name);
                if (name >= 0) Prefetch.Line(in _hashes[name]);
                else bands[band].PrefetchHashes(name);
            }

            var waiting = 0;
            foreach (ref readonly var name in names[..count])
            {
                var list = bands[band].GetHashes(in name);
                left -= list.Length;
                if (left < 0) return false;
                foreach (var candidate in list)
                {
                    if (name < 0) Prefetch.Line(in _hashes[candidate]);
                    candidates[waiting++] = candidate;
                    if (waiting < Batch) continue;
                    Compare(candidates, band, bands, hits);
                    waiting = 0;
                }
            }
            Compare(candidates[..waiting], band, bands, hits);
            if (hits.IsFull) break;
        }
        return true;
    }

    private void Compare(ReadOnlySpan<int> candidates, int band, PdqBand[] bands, HitCollector hits)
    {
        foreach (var candidate in candidates)
        {
            ref readonly var hash = ref _hashes[candidate];
            var distance = hash.DistanceTo(query);
            if (distance <= maximumDistance && !WasFoundBefore(in hash, band, bands)) hits.Add(lists.Get(ref owners[candidate]), distance, number, candidate);
        }
    }

    // A hash may be near in several bands; the first reports it. That needs no memory of what was seen.
    private bool WasFoundBefore(ref readonly PdqHash hash, int band, PdqBand[] bands)
    {
        for (var earlier = 0; earlier < band; earlier++)
        {
            var differing = bands[earlier].Bits.Read(in hash) ^ bands[earlier].Bits.Read(in query);
            if (BitOperations.PopCount(differing) <= PdqBandBits.Radius(earlier, bands.Length, maximumDistance)) return true;
        }
        return false;
    }
}
