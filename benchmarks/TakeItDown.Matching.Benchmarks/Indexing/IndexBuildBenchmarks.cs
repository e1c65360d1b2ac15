using BenchmarkDotNet.Attributes;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Benchmarks.Indexing;

/// <summary>
/// Building an index of PDQ hashes: of hashes alone on all cores; and of whole entries as a refresh does it, on all cores but the one that is left to
/// scans.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class IndexBuildBenchmarks
{
    private PdqHash[] _hashes = [];

    public static IEnumerable<int> Lengths => DryRun.Lengths(100_000, 1_000_000, 10_000_000);

    [ParamsSource(nameof(Lengths))]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp() => _hashes = RandomHashes.Pdq(Entries, seed: 7);

    [Benchmark(Baseline = true)]
    public int Hashes()
    {
        var builder = new PdqIndexBuilder();
        for (var entry = 0; entry < _hashes.Length; entry++) builder.Add(_hashes[entry], entry);
        return builder.Build(new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }).Count;
    }

    [Benchmark]
    public int WholeEntries()
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in RandomHashes.Entries(_hashes.Select(hash => hash.ToValue()))) builder.Add(entry);
        return builder.Build().EntryCount;
    }
}
