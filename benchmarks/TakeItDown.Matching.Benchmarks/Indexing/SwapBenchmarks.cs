using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>
/// 50,000 PDQ lookups in a million entries, quiet and while snapshots are built and swapped on end: time for all of them. How long the slowest in
/// a hundred take, <c>takeitdown bench swap</c> measures.
/// </summary>
public class SwapBenchmarks
{
    private const int Lookups = 50_000;

    private readonly ListCatalog _catalog = new();
    private readonly PdqHash[] _queries = RandomHashes.Pdq(Lookups, seed: 8);
    private readonly List<IndexHit> _hits = [];
    private ListEntry[] _entries = [];

    [GlobalSetup]
    public void SetUp()
    {
        _entries = [.. RandomHashes.Entries(RandomHashes.Pdq(DryRun.Entries(1_000_000), seed: 9).Select(hash => hash.ToValue()))];
        BuildAndSwap(CancellationToken.None);
    }

    [Benchmark(Baseline = true)]
    public int Quiet() => LookUp();

    [Benchmark]
    public async Task<int> Swapping()
    {
        using var measured = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            try
            {
                while (true) BuildAndSwap(measured.Token);
            }
            catch (OperationCanceledException)
            {
                // Lookups are over.
            }
        });
        var found = LookUp();
        await measured.CancelAsync();
        await swapping;
        return found;
    }

    private void BuildAndSwap(CancellationToken cancellationToken)
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in _entries) builder.Add(entry);
        _catalog.Publish(new ListSnapshot("list", builder.Build(cancellationToken: cancellationToken), CompleteThrough: null));
    }

    private int LookUp()
    {
        _hits.Clear();
        for (var i = 0; i < Lookups; i++) _catalog.Current[0].Index.FindPdq(_queries.AsSpan(i, 1), 31, _hits);
        return _hits.Count;
    }
}
