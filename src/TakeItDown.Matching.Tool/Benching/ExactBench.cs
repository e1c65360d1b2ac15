using System.Collections.Frozen;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Whether MD5 digests are on a list of random ones, on one thread; the index is asked for many at once, which a set cannot be.</summary>
internal static class ExactBench
{
    // So many that what they touch does not stay in the cache from one run to the next.
    private const int Queries = 1 << 18;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        var listed = RandomHashes.Md5(plan.Entries, seed: 1);
        var frozen = listed.ToFrozenSet();
        var builder = new HashIndexBuilder();
        foreach (var entry in RandomHashes.Entries(listed.Select(RandomHashes.ToValue))) builder.Add(entry);
        var index = builder.Build(cancellationToken: plan.CancellationToken);
        var hits = new List<IndexHit>(Queries);

        yield return await CompareAsync("exact.absent", RandomHashes.Md5(Queries, seed: 2));
        yield return await CompareAsync("exact.present", RandomHashes.Pick(listed, Queries));
        yield return new Figure("exact.bytesPerEntry", index.DigestBytes / (double)plan.Entries, "B");

        async Task<Figure> CompareAsync(string name, UInt128[] queries)
        {
            HashValue[] digests = [.. queries.Select(RandomHashes.ToValue)];
            var (ours, theirs) = await plan.Runs.CompareAsync(
                () =>
                {
                    hits.Clear();
                    index.FindDigests(digests, hits);
                },
                () => Count(frozen, queries));
            return new Figure(name, ours * 1e9 / Queries, "ns", "FrozenSet<UInt128>", theirs / ours);
        }
    }

    private static int Count(FrozenSet<UInt128> set, UInt128[] queries)
    {
        var found = 0;
        foreach (var query in queries) found += set.Contains(query) ? 1 : 0;
        return found;
    }
}
