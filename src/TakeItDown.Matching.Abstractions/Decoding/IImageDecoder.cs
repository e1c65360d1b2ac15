namespace TakeItDown.Matching;

/// <summary>
/// Turns the bytes of a picture into rows of pixels. A decoder of your own is registered with <c>AddImageDecoder</c> and is asked before the built-in
/// ones, unless its order says otherwise. It is called from many threads at once. What it is given is hostile: bound every allocation by what
/// <see cref="IPictureSink.Accept"/> allows. Should it throw all the same, the scan answers "not scannable".
/// </summary>
public interface IImageDecoder : IDecoder
{
    /// <summary>Whether the decoder reads this format, supposing that it is available.</summary>
    bool CanDecode(ImageFormat format);

    /// <inheritdoc/>
    IReadOnlyList<string> IDecoder.Formats => Words<ImageFormat>(CanDecode);

    /// <summary>
    /// Decodes the first picture, as it is stored (the orientation is reported and not applied), and hands it to the sink:
    /// <see cref="IPictureSink.Accept"/> first, <see cref="IPictureSink.Begin(int, int, int)"/> once, then rows in any order.
    /// </summary>
    /// <param name="content">The whole file.</param>
    /// <param name="format">Its format, as its first bytes tell it.</param>
    /// <param name="sink">Takes the picture, and refuses one that is over the limits.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    /// <returns>How it fared. After <see cref="DecodeStatus.Unsupported"/> the next decoder is asked.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken);
}
