using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>A list that is a file. Its cursor is a digest of the file, so that one that has not changed costs no more than a look at it.</summary>
/// <param name="name">The name of the list.</param>
/// <param name="path">The file.</param>
/// <param name="kind">The kind of hashes whose kind the file does not tell.</param>
/// <param name="format">The format; null to tell it by content.</param>
/// <param name="time">Says when the file was read.</param>
internal sealed class HashFileListSource(string name, string path, HashKind kind, ListFormat? format, TimeProvider time) : IListSource
{
    public string Name => name;

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A comparison asks from the beginning; to it, too, the file answers with all it holds.
        var now = time.GetUtcNow();
        var (seen, reading) = await Task.Run(() => Read(cursor, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (reading is null)
        {
            yield return new ListPage { Cursor = seen, CompleteThrough = now, Progress = 1 };
            yield break;
        }
        var rejected = (int)Math.Min(reading.Count(ReadOutcome.Unread), int.MaxValue);
        foreach (var page in HashFilePages.Of(reading.Entries.Build(HashFilePages.Member), seen, HashFilePages.After(cursor, seen), rejected, now))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    /// <summary>Reads the file, unless it is what the cursor says.</summary>
    private (string Cursor, ListReading? Reading) Read(string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            // How it is read is part of what was read.
            var digest = Digest(file);
            var seen = $"{kind.ToName()}/{format?.Name}/{digest}";
            if (seen == cursor) return (seen, null);
            file.Position = 0;
            var reading = ListFile.Read(file, format, kind, cancellationToken);
            // Whoever writes the file anew meanwhile may have shown us a part of it.
            file.Position = 0;
            if (Digest(file) != digest) throw Failure("it changed while it was read");
            if (reading.DamagedFrom is not null) throw Failure("it is cut, or malformed from some line on; nothing of it is taken");
            if (reading.Entries.IsEmpty) throw Failure("nothing could be read of it");
            return (seen, reading);
        }
        catch (ListFormatException e)
        {
            throw Failure(char.ToLowerInvariant(e.Message[0]) + e.Message[1..].TrimEnd('.'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failure(e is FileNotFoundException or DirectoryNotFoundException ? "it is not there" : "it cannot be read, or may not");
        }
    }

    private static string Digest(FileStream file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private ListSourceException Failure(string reason) => new($"The file of the list '{name}' could not be read: {reason}.");
}
