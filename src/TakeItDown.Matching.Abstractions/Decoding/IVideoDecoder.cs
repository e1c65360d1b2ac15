namespace TakeItDown.Matching;

/// <summary>
/// Turns a video, or a picture that moves, into frames. A decoder of your own is registered with <c>AddVideoDecoder</c> and is asked before the built-in
/// ones, ffmpeg and the moving pictures, unless its order says otherwise. It is called for several videos at a time. What it is given is hostile: bound
/// memory, processor time and what it starts. Should it throw all the same, the scan answers "not scannable".
/// </summary>
public interface IVideoDecoder : IDecoder
{
    /// <summary>Whether the decoder reads this format, supposing that it is available.</summary>
    bool CanDecode(VideoFormat format);

    /// <inheritdoc/>
    IReadOnlyList<string> IDecoder.Formats => Words<VideoFormat>(CanDecode);

    /// <summary>
    /// Reads the header, asks <see cref="IFrameSink.Begin"/> which frames to take, and delivers them in the order of time, as the file stores them.
    /// </summary>
    /// <param name="content">The video.</param>
    /// <param name="format">Its format, as its first bytes tell it.</param>
    /// <param name="sink">Takes the frames, refuses a video that is over the limits, and says when it has seen enough.</param>
    /// <param name="cancellationToken">Ends the work, and whatever was started for it.</param>
    /// <returns>How it fared. After <see cref="VideoDecodeStatus.Unsupported"/> the next decoder is asked, from the start.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken);
}
