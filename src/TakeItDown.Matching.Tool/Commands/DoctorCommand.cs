using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tool.Output;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown doctor</c>: whether this machine has what scanning needs.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what native parts were found, what to install if not, and test the hash on this processor.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Create(static _ => { });
        var healthy = true;
        Print("version", typeof(PdqHasher).Assembly.GetName().Version?.ToString(3) ?? "unknown");
        var (images, videos) = (services.GetRequiredService<PictureHasher>().Decoders, services.GetRequiredService<VideoHasher>().Decoders);
        healthy &= !images.WhereMissed().Any() && !videos.WhereMissed().Any();
        foreach (var decoder in images.Concat<IDecoder>(videos)) Print(decoder.Name, await DescribeAsync(decoder, cancellationToken));
        Print("vector width", $"{KernelSelection.Choose(PdqKernel.Table)}{(KernelSelection.Forced is null ? "" : $" (forced by {KernelSelection.Variable})")}");
        var agree = SelfTest.KernelsAgree();
        healthy &= agree;
        Print("self-test", agree ? "the hash is right, by every kernel of this processor" : "FAILED: kernels disagree; do not use this build on this machine");
        return healthy ? ExitCode.Done : ExitCode.Incomplete;
    }

    private static async Task<string> DescribeAsync(IDecoder decoder, CancellationToken cancellationToken) =>
        decoder is FfmpegDecoder { Availability.IsAvailable: true } ffmpeg
            ? $"{ffmpeg.Program.Decoder}, {ffmpeg.Program.Prober}; {await VersionAsync(ffmpeg.Program.Decoder, cancellationToken)}"
            : decoder.Availability.Detail;

    /// <summary>The first line of what the program says of itself, up to its copyright.</summary>
    private static async Task<string> VersionAsync(string program, CancellationToken cancellationToken)
    {
        await using var child = await ChildProcess.StartAsync(program, ["-version"], new ChildLimits(TimeSpan.FromSeconds(10)), cancellationToken);
        using var reader = new StreamReader(child.Output);
        return (await reader.ReadLineAsync(cancellationToken))?.Split(" Copyright")[0] ?? "it says nothing of its version";
    }

    private static void Print(string name, string value) => Console.WriteLine($"{name,-15} {VisibleText.Clean(value)}");
}
