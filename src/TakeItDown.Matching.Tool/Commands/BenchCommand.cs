using System.CommandLine;
using System.Globalization;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Tool.Benching;
using TakeItDown.Matching.Tool.Output;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown bench</c>: what this machine can do, in under a minute.</summary>
internal static class BenchCommand
{
    private const string Everything = "all";
    private const int DefaultEntries = 1_000_000;
    private const int MostEntries = 50_000_000;

    private static readonly (string Name, bool NeedsPictures, Func<BenchPlan, IAsyncEnumerable<Figure>> Run)[] Parts =
    [
        ("pdq", false, PdqBench.RunAsync),
        ("decode", true, DecodeBench.RunAsync),
        ("exact", false, ExactBench.RunAsync),
        ("index", false, IndexBench.RunAsync),
        ("swap", false, SwapBench.RunAsync),
        ("scan", true, ScanBench.RunAsync),
    ];

    public static Command Create()
    {
        var part = new Argument<string>("WHAT") { Description = "What to measure.", DefaultValueFactory = static _ => Everything };
        part.AcceptOneOf([.. Parts.Select(each => each.Name), Everything]);
        var entries = new Option<int>("--entries") { Description = "The length of the lists to look up in.", HelpName = "N", DefaultValueFactory = static _ => DefaultEntries };
        entries.Validators.Add(result =>
        {
            // What is no number has an error already, and no value to ask for.
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is (< 1 or > MostEntries)) result.AddError($"--entries takes 1 to {MostEntries}.");
        });
        var files = new Option<DirectoryInfo>("--files") { Description = "Measure decoding and scanning with files of yours, up to 64; otherwise with drawn JPEGs.", HelpName = "DIR" }.AcceptExistingOnly();
        var json = new Option<bool>("--json") { Description = "Print one JSON object a line." };
        var command = new Command("bench", "Measure what this machine can do, in under a minute.") { part, entries, files, json };
        command.SetGuardedAction((parsed, cancelled) => RunAsync(
            parsed.GetRequiredValue(part), parsed.GetValue(json),
            new BenchPlan(parsed.GetValue(entries), parsed.GetValue(files), new RepeatedRuns(TimeProvider.System, cancelled), TimeProvider.System, cancelled)));
        return command;
    }

    private static async Task<int> RunAsync(string wanted, bool json, BenchPlan plan)
    {
        var parts = Parts.Where(part => wanted is Everything || part.Name == wanted).ToList();
        if (plan.Files is not null && SampleFiles.Choose(plan.Files).Length == 0) throw new UsageException("--files names a directory without files.");
        var exitCode = ExitCode.Done;
        if (parts.Exists(part => part.NeedsPictures) && !new TurboJpegDecoder().Availability.IsAvailable)
        {
            Complaints.Say("libjpeg-turbo is missing, so decoding and scanning cannot be measured; 'takeitdown doctor' says what to install");
            parts.RemoveAll(part => part.NeedsPictures);
            exitCode = ExitCode.Incomplete;
        }
        if (!json) Console.WriteLine($"lists of {plan.Entries:N0} entries, {Environment.ProcessorCount} cores, {KernelSelection.Choose(PdqKernel.Table)}");
        using var output = new FigureWriter(json);
        try
        {
            await TerminalProgress.RunBesideOutputAsync("Measuring", async report =>
            {
                foreach (var (name, _, run) in parts)
                {
                    report($"Measuring: {name}", null);
                    await foreach (var figure in run(plan)) output.Write(figure);
                }
                return true;
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Complaints.Say("a file could not be read");
            exitCode = ExitCode.Incomplete;
        }
        return exitCode;
    }
}
