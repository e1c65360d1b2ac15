using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Tests.Indexing;

/// <summary>Says what an index must find by comparing everything with everything, one bit count at a time.</summary>
internal static class PdqOracle
{
    public static readonly ParallelOptions AllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Builds the hashes into an index, one entry for each.</summary>
    public static PdqIndex Build(IReadOnlyList<PdqHash> hashes, int bands)
    {
        var builder = new PdqIndexBuilder();
        for (var entry = 0; entry < hashes.Count; entry++) builder.Add(hashes[entry], entry);
        return builder.Build(AllCores, bands);
    }

    /// <summary>What the index finds, in an order of its own.</summary>
    public static List<IndexHit> Find(PdqIndex index, ReadOnlySpan<PdqHash> queries, int maximumDistance)
    {
        var hits = new List<IndexHit>();
        index.Find(queries, maximumDistance, new HitCollector(hits, int.MaxValue));
        return Order(hits);
    }

    /// <summary>What must be found.</summary>
    public static List<IndexHit> Expect(IReadOnlyList<PdqHash> hashes, ReadOnlySpan<PdqHash> queries, int maximumDistance)
    {
        var hits = new List<IndexHit>();
        for (var query = 0; query < queries.Length; query++)
        {
            for (var entry = 0; entry < hashes.Count; entry++)
            {
                var distance = hashes[entry].DistanceTo(queries[query]);
                if (distance <= maximumDistance) hits.Add(new IndexHit(entry, distance, query));
            }
        }
        return Order(hits);
    }

    // The hash's own number follows from the order the builder sorts in, which is nobody's business but the index's.
    private static List<IndexHit> Order(List<IndexHit> hits) => [.. hits.Select(hit => hit with { Hash = 0 }).OrderBy(hit => hit.Query).ThenBy(hit => hit.Entry)];
}
