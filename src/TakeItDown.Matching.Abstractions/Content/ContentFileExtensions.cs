namespace TakeItDown.Matching;

/// <summary>Looks at files on disk.</summary>
public static class ContentFileExtensions
{
    /// <summary>Scans a file. A large video is read where it is, without a temporary copy; nobody may change the file meanwhile.</summary>
    /// <param name="scanner">The scanner.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <exception cref="IOException">The file cannot be read, or changed while it was.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    /// <inheritdoc cref="IContentScanner.ScanAsync" path="/exception"/>
    public static async ValueTask<ScanResult> ScanFileAsync(
        this IContentScanner scanner, string path, ScanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scanner);
        var file = Open(path);
        await using var closing = file.ConfigureAwait(false);
        return await scanner.ScanAsync(file, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Computes the hashes of a file. A large video is read where it is, without a temporary copy; nobody may change the file meanwhile.</summary>
    /// <param name="hasher">The hasher.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told, from another thread, how far into a video the work has come; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="IOException">The file cannot be read, or changed while it was.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static async ValueTask<ContentHashes> HashFileAsync(
        this IContentHasher hasher, string path, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hasher);
        var file = Open(path);
        await using var closing = file.ConfigureAwait(false);
        return await hasher.HashAsync(file, progress, cancellationToken).ConfigureAwait(false);
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });
}
