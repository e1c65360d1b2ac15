namespace TakeItDown.Matching.Tool.Input;

/// <summary>From what was named on the command line to files.</summary>
internal static class PathWalker
{
    /// <summary>A path, and whether it was named on the command line itself: then a pipe is meant to be read.</summary>
    public readonly record struct Found(string Path, bool IsNamed);

    /// <summary>
    /// Walks directories, in order of name; <c>-</c> reads paths from standard input. What does not exist, and a directory that may not be read,
    /// is passed on, to be reported.
    /// </summary>
    public static IEnumerable<Found> Expand(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (path == "-")
            {
                while (Console.In.ReadLine() is { } line)
                {
                    if (line.Length == 0) continue;
                    foreach (var file in Walk(line)) yield return new(file, IsNamed: false);
                }
            }
            else
            {
                foreach (var file in Walk(path)) yield return new(file, IsNamed: file == path);
            }
        }
    }

    private static IEnumerable<string> Walk(string path)
    {
        if (!Directory.Exists(path) || List(path) is not { } entries)
        {
            yield return path;
            yield break;
        }
        foreach (var entry in entries)
        {
            // A link may lead back up; what it leads to can be named by itself.
            if (Directory.Exists(entry) && new FileInfo(entry).LinkTarget is not null) continue;
            foreach (var file in Walk(entry)) yield return file;
        }
    }

    private static string[]? List(string folder)
    {
        try
        {
            var entries = Directory.GetFileSystemEntries(folder);
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
