using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>Whether a digest is on a list of ten million MD5 digests: time for one, against the framework's sets.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ExactLookupBenchmarks
{
    // So many that what they touch does not stay in the cache from one round to the next.
    private const int Queries = 1 << 18;

    private readonly List<IndexHit> _hits = new(Queries);
    private UInt128[] _queries = [];
    private HashValue[] _digests = [];
    private HashSet<UInt128> _set = [];
    private FrozenSet<UInt128> _frozen = FrozenSet<UInt128>.Empty;
    private HashIndex _index = HashIndex.Empty;

    [Params(false, true)]
    public bool Present { get; set; }

    [GlobalSetup(Target = nameof(HashSet))]
    public void SetUpHashSet() => _set = [.. SetUp()];

    [GlobalSetup(Target = nameof(FrozenSet))]
    public void SetUpFrozenSet() => _frozen = SetUp().ToFrozenSet();

    [GlobalSetup(Targets = [nameof(Index), nameof(IndexBatch)])]
    public void SetUpIndex()
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in RandomHashes.Entries(SetUp().Select(RandomHashes.ToValue))) builder.Add(entry);
        _index = builder.Build();
        _digests = [.. _queries.Select(RandomHashes.ToValue)];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Queries)]
    public int FrozenSet()
    {
        var found = 0;
        foreach (var query in _queries) found += _frozen.Contains(query) ? 1 : 0;
        return found;
    }

    [Benchmark(OperationsPerInvoke = Queries)]
    public int HashSet()
    {
        var found = 0;
        foreach (var query in _queries) found += _set.Contains(query) ? 1 : 0;
        return found;
    }

    [Benchmark(OperationsPerInvoke = Queries)]
    public int Index()
    {
        _hits.Clear();
        foreach (ref readonly var digest in _digests.AsSpan()) _index.FindDigests(new(in digest), _hits);
        return _hits.Count;
    }

    [Benchmark(OperationsPerInvoke = Queries)]
    public int IndexBatch()
    {
        _hits.Clear();
        _index.FindDigests(_digests, _hits);
        return _hits.Count;
    }

    private UInt128[] SetUp()
    {
        var listed = RandomHashes.Md5(DryRun.Entries(10_000_000), seed: 1);
        _queries = Present ? RandomHashes.Pick(listed, Queries) : RandomHashes.Md5(Queries, seed: 2);
        return listed;
    }
}
