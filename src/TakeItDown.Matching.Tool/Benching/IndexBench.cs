using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Which PDQ hashes of a random list are within 31 bits, on one thread; and building their index on all cores.</summary>
internal static class IndexBench
{
    private const int MaximumDistance = 31;
    private const int Queries = 256;

    // A scan costs the same for any query, and is long enough to time.
    private const int ScannedQueries = 4;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        var hashes = RandomHashes.Pdq(plan.Entries, seed: 3);
        var queries = RandomHashes.Pdq(Queries, seed: 4);
        var index = Build(hashes);
        var hits = new List<IndexHit>();
        var (probing, scanning) = await plan.Runs.CompareAsync(
            () =>
            {
                hits.Clear();
                for (var query = 0; query < Queries; query++) index.Find(queries.AsSpan(query, 1), MaximumDistance, new HitCollector(hits, int.MaxValue));
            },
            () =>
            {
                hits.Clear();
                for (var query = 0; query < ScannedQueries; query++)
                    index.Scan(queries.AsSpan(query, 1), 0, MaximumDistance, PdqScans.Best, new HitCollector(hits, int.MaxValue));
            });
        var one = probing / Queries;
        yield return new Figure("index.query", one * 1e6, "us", "a linear scan", scanning / ScannedQueries / one);
        yield return new Figure("index.build", await plan.Runs.TimeAsync(() => Build(hashes)), "s");
        yield return new Figure("index.bytesPerEntry", index.Bytes / (double)plan.Entries, "B");
    }

    private static PdqIndex Build(PdqHash[] hashes)
    {
        var builder = new PdqIndexBuilder();
        for (var entry = 0; entry < hashes.Length; entry++) builder.Add(hashes[entry], entry);
        return builder.Build(new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount });
    }
}
