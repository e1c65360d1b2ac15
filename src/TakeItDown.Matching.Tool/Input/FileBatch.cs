using System.Runtime.CompilerServices;

namespace TakeItDown.Matching.Tool.Input;

/// <summary>Works on many files at a time and hands the results out in the files' order.</summary>
internal static class FileBatch
{
    /// <summary>A file's result, or what kept it from being read.</summary>
    public readonly record struct Outcome<T>(string Path, T? Result, string? Error)
        where T : class;

    public static async IAsyncEnumerable<Outcome<T>> RunAsync<T>(
        IEnumerable<PathWalker.Found> paths, Func<Stream, CancellationToken, ValueTask<T>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<Outcome<T>>>();
        try
        {
            foreach (var path in paths)
            {
                running.Enqueue(Task.Run(() => OpenAsync(path, work, stop.Token), stop.Token));
                if (running.Count > Environment.ProcessorCount) yield return await running.Dequeue();
            }
            while (running.TryDequeue(out var next)) yield return await next;
        }
        finally
        {
            // Where nobody wants the rest any more, it is stopped, and let end: temporary files go with it.
            await stop.CancelAsync();
            foreach (var task in running) await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<Outcome<T>> OpenAsync<T>(
        PathWalker.Found found, Func<Stream, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        var path = found.Path;
        if (!found.IsNamed && !RegularFile.Is(path)) return new(path, null, "It is not a regular file.");
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return new(path, await work(file, cancellationToken), null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // What is no text in a name was replaced when it was read, and so leads to no file.
            return new(path, null, path.Contains('\uFFFD') ? "Its name is not UTF-8, so that it cannot be opened here. Rename it." : "There is no such file.");
        }
        catch (UnauthorizedAccessException)
        {
            return new(path, null, "The file may not be read.");
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            return new(path, null, "The file could not be read.");
        }
    }
}
