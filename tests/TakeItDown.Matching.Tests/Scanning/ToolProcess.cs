using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>The built tool in a process of its own, fed one path at a time, so that what it took is its own doing.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    // Where it was built, as these tests were: Debug or Release.
    private static readonly string Tool = Path.Combine(
        TestData.Root, "src", "TakeItDown.Matching.Tool", Path.GetRelativePath(Path.Combine(TestData.Root, "tests", "TakeItDown.Matching.Tests"), AppContext.BaseDirectory),
        "TakeItDown.Matching.Tool.dll");

    private readonly Process _process;

    private ToolProcess(Process process)
    {
        _process = process;
        // Nobody would read it, and a full pipe holds the process up.
        _process.ErrorDataReceived += (_, line) => Errors += line.Data + "\n";
        _process.BeginErrorReadLine();
    }

    public string Errors { get; private set; } = "";

    /// <summary>The most memory it ever had, in MB.</summary>
    public int PeakMegabytes =>
        int.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2], CultureInfo.InvariantCulture) / 1024;

    public static ToolProcess Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Tool, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Hands a path over and waits for the answer to it.</summary>
    public async Task<JsonElement> AskAsync(string path)
    {
        await _process.StandardInput.WriteLineAsync(path);
        // The tool works on as many files as there are cores, and answers when one more is named: small ones push the answer out.
        for (var i = 0; i < Environment.ProcessorCount; i++) await _process.StandardInput.WriteLineAsync(TestData.Fixture("images/bad/text.jpg"));
        await _process.StandardInput.FlushAsync();
        // Only a guard against waiting for ever: a machine under load is no failure.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
            using var answer = JsonDocument.Parse(line ?? throw new InvalidOperationException("The tool ended: " + Errors));
            if (answer.RootElement.GetProperty("path").GetString() == path) return answer.RootElement.Clone();
        }
    }

    /// <summary>What it says until it ends, and how.</summary>
    public async Task<(string Output, int ExitCode)> FinishAsync()
    {
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
