using System.Diagnostics;
using System.Text.Json;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>What a run of the tool wrote, and how it ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Standard output as JSON, one object a line; anything else on it fails the test.</summary>
    public List<JsonElement> Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public string[] Complaints => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the built tool as its users do: as a process of its own.</summary>
internal static class ToolProcess
{
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "TakeItDown.Matching.Tool.dll");

    public static Task<ToolRun> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs with something on standard input.</summary>
    public static async Task<ToolRun> RunWithInputAsync(string input, params string[] arguments)
    {
        using var process = Start(password: null, "dotnet", [Dll, .. arguments]);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Runs with a password in the environment variable REGISTRY_PASSWORD.</summary>
    public static async Task<ToolRun> RunWithPasswordAsync(string password, params string[] arguments)
    {
        using var process = Start(password, "dotnet", [Dll, .. arguments]);
        return await EndAsync(process);
    }

    public static Process Start(string? password, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REGISTRY_PASSWORD"] = password;
        return Process.Start(start)!;
    }

    public static async Task<ToolRun> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, await output, await errors);
    }
}
