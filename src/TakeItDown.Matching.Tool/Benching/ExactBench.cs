using System.Collections.Frozen;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Digests;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Whether an MD5 digest is on a list of random ones, on one thread.</summary>
internal static class ExactBench
{
    private const int Queries = 1 << 16;

    public static IEnumerable<Figure> Run(BenchPlan plan)
    {
        var listed = RandomHashes.Md5(plan.Entries, seed: 1);
        var table = Build(listed);
        var frozen = listed.ToFrozenSet();
        var hits = new List<IndexHit>(Queries);

        yield return Compare("exact.absent", RandomHashes.Md5(Queries, seed: 2));
        yield return Compare("exact.present", RandomHashes.Pick(listed, Queries));
        yield return new Figure("exact.bytesPerEntry", table.Bytes / (double)plan.Entries, "B");

        Figure Compare(string name, UInt128[] queries)
        {
            var (ours, theirs) = plan.Runs.Compare(
                () =>
                {
                    hits.Clear();
                    foreach (ref readonly var query in queries.AsSpan()) table.Find(AsBytes(in query), hits, int.MaxValue);
                },
                () => Count(frozen, queries));
            return new Figure(name, ours * 1e9 / Queries, "ns", "FrozenSet<UInt128>", theirs / ours);
        }
    }

    private static DigestTable<Digest128> Build(UInt128[] listed)
    {
        var builder = new DigestTableBuilder<Digest128>();
        for (var entry = 0; entry < listed.Length; entry++) builder.Add(AsBytes(in listed[entry]), entry);
        return builder.Build(new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount });
    }

    private static int Count(FrozenSet<UInt128> set, UInt128[] queries)
    {
        var found = 0;
        foreach (var query in queries) found += set.Contains(query) ? 1 : 0;
        return found;
    }

    private static ReadOnlySpan<byte> AsBytes(ref readonly UInt128 digest) => MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in digest));
}
