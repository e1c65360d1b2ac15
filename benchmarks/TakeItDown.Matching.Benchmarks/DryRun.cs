using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TakeItDown.Matching.Benchmarks;

/// <summary>Every benchmark once, in one process and with short lists: whether they run, not how fast.</summary>
internal static class DryRun
{
    public const string Verb = "dry";
    private const int MostEntries = 100_000;

    private static bool _isOn;

    /// <summary>The length of a list, or as much of it as a dry run takes.</summary>
    public static int Entries(int entries) => _isOn ? Math.Min(entries, MostEntries) : entries;

    /// <summary>The lengths of lists, without those that a dry run leaves out.</summary>
    public static IEnumerable<int> Lengths(params int[] lengths) => lengths.Where(length => length == Entries(length));

    /// <summary>Seconds of video, or as few as a dry run takes.</summary>
    public static int Seconds(int seconds) => _isOn ? 2 : seconds;

    public static int Run(string artifacts)
    {
        _isOn = true;
        var config = ManualConfig.CreateEmpty()
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(artifacts);
        var all = typeof(DryRun).Assembly.GetExportedTypes()
            .Select(type => BenchmarkConverter.TypeToBenchmarks(type, config))
            .Where(benchmarks => benchmarks.BenchmarksCases.Length > 0);
        return Outcome.Judge(BenchmarkRunner.Run([.. all]));
    }
}
