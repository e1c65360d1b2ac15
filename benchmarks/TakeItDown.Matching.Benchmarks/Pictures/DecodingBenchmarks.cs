using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Benchmarks.Pictures;

/// <summary>From a JPEG file in memory to its PDQ hash, against libjpeg-turbo alone decoding it to grey.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class DecodingBenchmarks
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddTakeItDownMatching().Services.BuildServiceProvider();
    private PictureHasher _pictures = null!;
    private GreyDecoder _alone = null!;
    private byte[] _jpeg = [];

    [Params("1024x768", "4032x3024")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        var sides = Size.Split('x').Select(int.Parse).ToArray();
        _jpeg = SampleFiles.Draw(sides[0], sides[1]);
        _alone = new GreyDecoder(_jpeg);
        _pictures = _services.GetRequiredService<PictureHasher>();
    }

    [GlobalCleanup]
    public void CleanUp() => _alone.Dispose();

    [Benchmark(Baseline = true)]
    public void LibjpegTurbo() => _alone.Decode();

    [Benchmark]
    public PdqHash Hash() => _pictures.Hash(_jpeg, ImageFormat.Jpeg, CancellationToken.None).AsStored();
}
