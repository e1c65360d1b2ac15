using System.Diagnostics;

namespace TakeItDown.Matching.Tests.Storage;

/// <summary>An explicit test of this assembly, run as a process of its own that may be killed.</summary>
internal static class KilledProcess
{
    public static Process Start(Type type, string test, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Run by the dotnet host or by its own: the assembly is named to the former only.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(type.Assembly.Location);
        foreach (var argument in (string[])["-explicit", "only", "-method", $"{type.FullName}.{test}"]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
