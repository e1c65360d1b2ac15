using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Kernels;
using TakeItDown.Matching.Pdq;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tool.Output;
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
        foreach (var decoder in services.GetServices<IImageDecoder>().Reverse())
        {
            healthy &= decoder.Availability.IsAvailable;
            Print(decoder.Name, decoder.Availability.Detail);
        }
        var ffmpeg = services.GetRequiredService<FfmpegProgram>();
        healthy &= ffmpeg.IsAvailable;
        Print("ffmpeg", ffmpeg.IsAvailable ? $"{ffmpeg.Decoder}, {ffmpeg.Prober}; {await VersionAsync(ffmpeg.Decoder, cancellationToken)}" : ffmpeg.Availability.Detail);
        Print("vector width", $"{KernelSelection.Choose(PdqKernel.Table)}{(KernelSelection.Forced is null ? "" : $" (forced by {KernelSelection.Variable})")}");
        var agree = SelfTest.KernelsAgree();
        healthy &= agree;
        Print("self-test", agree ? "the hash is right, by every kernel of this processor" : "FAILED: kernels disagree; do not use this build on this machine");
        return healthy ? ExitCode.Done : ExitCode.Incomplete;
    }

    /// <summary>The first line of what the program says of itself, up to its copyright.</summary>
    private static async Task<string> VersionAsync(string program, CancellationToken cancellationToken)
    {
        await using var child = await ChildProcess.StartAsync(program, ["-version"], new ChildLimits(TimeSpan.FromSeconds(10)), cancellationToken);
        using var reader = new StreamReader(child.Output);
        return (await reader.ReadLineAsync(cancellationToken))?.Split(" Copyright")[0] ?? "it says nothing of its version";
    }

    private static void Print(string name, string value) => Console.WriteLine($"{name,-14} {VisibleText.Clean(value)}");
}
