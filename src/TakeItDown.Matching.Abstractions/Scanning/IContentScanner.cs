namespace TakeItDown.Matching;

/// <summary>Compares content with the lists. What a user can upload never makes it throw.</summary>
public interface IContentScanner
{
    /// <summary>Reads a stream once, to its end or to the limit, and compares what it holds with the lists.</summary>
    /// <param name="content">Any content, seekable or not, from its current position. It is not disposed.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the scan; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The stream itself failed, or the disk was full; never because of what the content is.</exception>
    ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Scans a file. A large video is read where it is, without a temporary copy: nobody may change the file meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the scan; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be read, or was changed while it was; or the disk was full.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    ValueTask<ScanResult> ScanFileAsync(string path, ScanOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Compares a picture that is already decoded with the lists, by PDQ.</summary>
    /// <param name="picture">The pixels, as displayed.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    ScanResult Scan(PixelBuffer picture, ScanOptions? options = null);

    /// <summary>
    /// Compares hashes that <see cref="IContentHasher"/> computed, now or long ago, with the lists. The answer is that of a scan of the content itself, as far
    /// as it was looked at when it was hashed: a gap in the hashes is a gap in the answer, and so is what they were not
    /// hashed for, which the options ask for now (<see cref="ScanReason.NotLookedAt"/>).
    /// </summary>
    /// <param name="hashes">The hashes of one piece of content.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    /// <exception cref="ArgumentException">Among the digests is a hash that is none, or a part is missing.</exception>
    ScanResult Scan(ContentHashes hashes, ScanOptions? options = null);

    /// <summary>
    /// Compares hashes that are already computed with the lists. Several different PDQ hashes are judged as the frames of one video: one of them that is
    /// near a listed picture is a match, but a listed video needs the shares that <c>MatchingOptions</c> ask for.
    /// </summary>
    /// <param name="hashes">Hashes of one piece of content, of any kind. The caller vouches for the quality of the PDQ hashes.</param>
    /// <param name="options">What this scan should do differently; null for the defaults.</param>
    ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null);
}
