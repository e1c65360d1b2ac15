using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Benchmarks.Videos;

/// <summary>
/// Whole videos of 20 seconds, from the stream to the verdict, against ffmpeg that decodes the same file with one thread and throws the frames
/// away. Divide a minute by the mean for scans a minute.
/// </summary>
[MemoryDiagnoser]
public class VideoScanBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("takeitdown-bench-").FullName;
    private readonly List<ServiceProvider> _services = [];
    private IContentScanner _scanner = null!, _keyframes = null!;
    private string _video = "";

    [Params("1280x720", "1920x1080")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _video = Path.Combine(_folder, $"{Size}.mp4");
        // Noise makes the encoder spend what a camera's pictures cost it.
        Run(["-f", "lavfi", "-i", $"testsrc2=size={Size}:rate=30:duration={DryRun.Seconds(20)}", "-vf", "noise=alls=8:allf=t", "-c:v", "libx264", "-preset", "fast", "-y", _video]);
        _scanner = Make(keyframesOnly: false);
        _keyframes = Make(keyframesOnly: true);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var services in _services) services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void Ffmpeg() => Run(["-threads", "1", "-i", _video, "-map", "0:V:0", "-f", "null", "-"]);

    [Benchmark]
    public Task<ScanResult> Scan() => ScanAsync(_scanner);

    [Benchmark]
    public Task<ScanResult> ScanKeyframes() => ScanAsync(_keyframes);

    private async Task<ScanResult> ScanAsync(IContentScanner scanner)
    {
        await using var file = File.OpenRead(_video);
        var result = await scanner.ScanAsync(file);
        return result.Verdict == Verdict.NoMatch ? result : throw new InvalidOperationException(result.ToString());
    }

    private IContentScanner Make(bool keyframesOnly)
    {
        var services = new ServiceCollection().AddTakeItDownMatching(options => options.Video.KeyframesOnly = keyframesOnly).Services.BuildServiceProvider();
        _services.Add(services);
        var builder = new HashIndexBuilder();
        builder.Add(new ListEntry { Key = new EntryKey("1", "a"), Media = MediaKind.Image, Hashes = [new PdqHash(0x0123456789ABCDEF, 0xFEDCBA9876543210, 0x0F1E2D3C4B5A6978, 0x8796A5B4C3D2E1F0).ToValue()] });
        services.GetRequiredService<ListCatalog>().Publish(new ListSnapshot("benchmark", builder.Build(), TimeProvider.System.GetUtcNow()));
        return services.GetRequiredService<IContentScanner>();
    }

    private static void Run(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments]))!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("ffmpeg failed");
    }
}
