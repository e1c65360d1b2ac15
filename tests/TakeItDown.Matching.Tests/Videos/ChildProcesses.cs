namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Looks for what a test has started, on Linux.</summary>
internal static class ChildProcesses
{
    /// <summary>The processes on whose command line a folder of the test's own stands.</summary>
    public static string[] Of(string folder) =>
        [.. Directory.GetDirectories("/proc").Where(process => Read(process, "cmdline").Contains(folder, StringComparison.Ordinal))];

    /// <summary>What the kernel says of a process; nothing if it has gone.</summary>
    public static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
