namespace TakeItDown.Matching.Tool.Input;

/// <summary>From what was named on the command line to files.</summary>
internal static class PathWalker
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Walks directories, in order of name; <c>-</c> reads paths from standard input. What does not exist is passed on, to be reported.</summary>
    public static IEnumerable<string> Expand(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (path == "-")
            {
                while (Console.In.ReadLine() is { } line)
                {
                    if (line.Length == 0) continue;
                    foreach (var file in Walk(line)) yield return file;
                }
            }
            else
            {
                foreach (var file in Walk(path)) yield return file;
            }
        }
    }

    private static IEnumerable<string> Walk(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Everything).Order(StringComparer.Ordinal) : [path];
}
