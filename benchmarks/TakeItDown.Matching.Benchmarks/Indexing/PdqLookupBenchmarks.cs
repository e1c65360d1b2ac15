using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>Which hashes of a list are within 31 bits: time for one query, against comparing every hash.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class PdqLookupBenchmarks
{
    private const int MaximumDistance = 31;

    // Enough for the index to meet cold memory again and again; a scan meets all of it every time.
    private const int Queries = 256;
    private const int ScannedQueries = 8;

    private readonly List<IndexHit> _hits = [];
    private PdqHash[] _queries = [];
    private PdqIndex _index = new PdqIndexBuilder().Build(new ParallelOptions());

    public static IEnumerable<int> Lengths => DryRun.Lengths(10_000, 100_000, 1_000_000, 10_000_000);

    [ParamsSource(nameof(Lengths))]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var builder = new PdqIndexBuilder();
        var hashes = RandomHashes.Pdq(Entries, seed: 3);
        for (var entry = 0; entry < hashes.Length; entry++) builder.Add(hashes[entry], entry);
        _index = builder.Build(new ParallelOptions());
        _queries = RandomHashes.Pdq(Queries, seed: 4);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ScannedQueries)]
    public int LinearScan()
    {
        _hits.Clear();
        for (var query = 0; query < ScannedQueries; query++)
            _index.Scan(_queries.AsSpan(query, 1), query, MaximumDistance, PdqScans.Best, new HitCollector(_hits, int.MaxValue));
        return _hits.Count;
    }

    [Benchmark(OperationsPerInvoke = Queries)]
    public int Index()
    {
        _hits.Clear();
        for (var query = 0; query < Queries; query++)
            _index.Find(_queries.AsSpan(query, 1), MaximumDistance, new HitCollector(_hits, int.MaxValue));
        return _hits.Count;
    }

    [Benchmark(OperationsPerInvoke = Queries)]
    public int IndexBatchOfEight()
    {
        _hits.Clear();
        for (var query = 0; query < Queries; query += 8)
            _index.Find(_queries.AsSpan(query, 8), MaximumDistance, new HitCollector(_hits, int.MaxValue));
        return _hits.Count;
    }
}
