using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>
/// 50,000 PDQ lookups in a million entries, quiet and while snapshots are built and swapped on end. BenchmarkDotNet times all of them
/// together; the line that starts with the case's name says how long the slowest in a hundred took.
/// </summary>
public class SwapBenchmarks
{
    private const int Lookups = 50_000;

    private readonly ListCatalog _catalog = new();
    private readonly PdqHash[] _queries = RandomHashes.Pdq(Lookups, seed: 8);
    private readonly double[] _times = new double[Lookups];
    private ListEntry[] _entries = [];

    [GlobalSetup]
    public void SetUp()
    {
        _entries = [.. RandomHashes.Entries(RandomHashes.Pdq(DryRun.Entries(1_000_000), seed: 9).Select(hash => hash.ToValue()))];
        BuildAndSwap(CancellationToken.None);
    }

    [Benchmark(Baseline = true)]
    public double Quiet() => Measure("quiet");

    [Benchmark]
    public async Task<double> Swapping()
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
        var p99 = Measure("swapping");
        await measured.CancelAsync();
        await swapping;
        return p99;
    }

    private void BuildAndSwap(CancellationToken cancellationToken)
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in _entries) builder.Add(entry);
        _catalog.Publish(new ListSnapshot("list", builder.Build(cancellationToken), CompleteThrough: null));
    }

    private double Measure(string name)
    {
        var hits = new List<IndexHit>();
        for (var i = 0; i < Lookups; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _catalog.Current[0].Index.FindPdq(_queries.AsSpan(i, 1), 31, hits);
            _times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(_times);
        Console.WriteLine($"// {name}: p50 {_times[Lookups / 2]:F1} us, p99 {_times[Lookups * 99 / 100]:F1} us");
        return _times[Lookups * 99 / 100];
    }
}
