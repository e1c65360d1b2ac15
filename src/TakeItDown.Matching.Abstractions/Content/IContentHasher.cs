namespace TakeItDown.Matching;

/// <summary>
/// Computes the hashes of content without looking them up: for tools, backfills, and for contributing to a list. It waits for its turn however many wait, and
/// lets every scan that does not wait for its turn go first.
/// </summary>
public interface IContentHasher
{
    /// <summary>
    /// Reads a stream once, to its end or to the limit, and computes every kind of hash: in every way in which a scan with the same options looks, of every
    /// page and frame that it looks at, and within the same limits. What could not be looked at is in <see cref="ContentHashes.Gaps"/>.
    /// </summary>
    /// <param name="content">Any content, seekable or not, from its current position. It is not disposed.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The stream itself failed, or the disk was full.</exception>
    ValueTask<ContentHashes> HashAsync(Stream content, CancellationToken cancellationToken = default) => HashAsync(content, progress: null, cancellationToken);

    /// <inheritdoc cref="HashAsync(Stream, CancellationToken)"/>
    /// <param name="content">Any content, seekable or not, from its current position. It is not disposed.</param>
    /// <param name="progress">Told, from another thread, how far into a video the work has come; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    ValueTask<ContentHashes> HashAsync(Stream content, IProgress<VideoProgress>? progress, CancellationToken cancellationToken = default);

    /// <summary>Computes the hashes of a file. A large video is read where it is, without a temporary copy: nobody may change the file meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told, from another thread, how far into a video the work has come; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be read, or was changed while it was; or the disk was full.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    ValueTask<ContentHashes> HashFileAsync(string path, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default);
}
