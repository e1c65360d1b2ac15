using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Benchmarks.Scanning;

/// <summary>
/// Whole scans, from the file on the disk to the verdict, against a list of a million pictures; the baseline is decoding and hashing the
/// file alone.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ScanningBenchmarks
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddTakeItDownMatching().Services.BuildServiceProvider();
    private PictureHasher _pictures = null!;
    private IContentScanner _scanner = null!;
    private ImageFormat _format;
    private byte[] _content = [];
    private string _path = "";

    public static IEnumerable<string> Files => Fixtures.Formats;

    [ParamsSource(nameof(Files))]
    public string File { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _path = Fixtures.PathOf(File);
        _content = System.IO.File.ReadAllBytes(_path);
        _format = MediaSniffer.Sniff(_content).Image;
        _pictures = _services.GetRequiredService<PictureHasher>();
        _scanner = _services.GetRequiredService<IContentScanner>();
        var index = RandomHashes.Index(DryRun.Entries(1_000_000));
        _services.GetRequiredService<ListCatalog>().Publish(new ListSnapshot("benchmark", index, TimeProvider.System.GetUtcNow()));
    }

    [Benchmark(Baseline = true)]
    public PdqHash DecodeAndHash() => _pictures.Hash(_content, _format, CancellationToken.None).AsStored();

    [Benchmark]
    public async Task<ScanResult> Scan()
    {
        await using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var result = await _scanner.ScanAsync(file);
        return result.Verdict == Verdict.NoMatch ? result : throw new InvalidOperationException(result.ToString());
    }
}
