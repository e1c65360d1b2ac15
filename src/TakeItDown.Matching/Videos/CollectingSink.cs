using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Videos;

/// <summary>What one decoder delivers of a video: chooses the frames, hands them to the collector, and judges what came in the end.</summary>
/// <param name="isPicture">Whether the content is a picture that moves.</param>
/// <param name="isDrawnHere">Whether it is a moving picture that we draw ourselves: what shows nothing new is not delivered then.</param>
/// <param name="options">The limits.</param>
/// <param name="onFrame">Takes a frame; false ends it there.</param>
/// <param name="progress">Told after each frame; may be null.</param>
internal sealed class CollectingSink(bool isPicture, bool isDrawnHere, MatchingOptions options, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress)
    : IFrameSink
{
    private VideoHeader? _video;
    private FramePlan? _plan;
    private FrameCollector? _collector;
    private ScanReason? _end;

    /// <summary>Whether any frame was delivered.</summary>
    public bool HasFrames => _collector is { Count: > 0 };

    public FramePlan? Begin(VideoHeader header)
    {
        if (_collector is not null) throw new InvalidOperationException("A decoder announces a video once.");
        if (!double.IsFinite(header.FrameRate) || header.FrameRate < 0) throw new ArgumentException("A frame rate is a number, or 0 where it is unknown.", nameof(header));
        if (header.Width <= 0 || header.Height <= 0 || VideoInfo.IsTooLarge(header.Width, header.Height, options)) return null;
        _video = header;
        _plan = isPicture ? FramePlans.ForPicture(header, isDrawnHere) : FramePlans.For(header, options);
        _collector = new FrameCollector(header, _plan, options, onFrame, progress);
        return _plan;
    }

    public bool Write(TimeSpan? time, PixelBuffer frame)
    {
        if (_collector is null || _end is not null) throw new InvalidOperationException("A decoder asks before it delivers, and stops when it is told to.");
        if ((frame.Width, frame.Height) != (_video!.Width, _video.Height)) throw new ArgumentException("A frame has the size that was announced.", nameof(frame));
        // Should taking it fail, the frame is lost, whatever the decoder makes of that.
        _end = ScanReason.Damaged;
        _end = _collector.Take(time, frame);
        return _end is null;
    }

    /// <summary>What kept the video from being looked at whole; none if nothing did, or if enough was seen.</summary>
    /// <param name="status">What the decoder made of it.</param>
    public ScanReason Judge(VideoDecodeStatus status)
    {
        if (_end is { } end) return end == ScanReason.TooLong && isPicture && !isDrawnHere ? ScanReason.TooManyFrames : end;
        switch (status)
        {
            case VideoDecodeStatus.OverLimit: return ScanReason.TooManyPixels;
            case VideoDecodeStatus.TooManyFrames: return ScanReason.TooManyFrames;
            case VideoDecodeStatus.NoVideo: return ScanReason.UnknownFormat;
            case VideoDecodeStatus.Unsupported when !HasFrames: return ScanReason.NoDecoder;
        }
        // Whatever it says, a decoder that announced nothing has read nothing.
        if (status == VideoDecodeStatus.Undecodable || _collector is null) return ScanReason.Damaged;
        // Of a moving picture, what shows nothing new is not delivered: the last frame says nothing of where it ends.
        if (!isDrawnHere)
        {
            if (_collector.Count == 0) return ScanReason.Damaged;
            if (_plan!.IsCutShort(_video!, _collector.Count, _collector.Last)) return ScanReason.Truncated;
        }
        if (status != VideoDecodeStatus.Complete) return status == VideoDecodeStatus.Truncated ? ScanReason.Truncated : ScanReason.Damaged;
        if (_video!.HasOtherTracks) return ScanReason.OtherTracks;
        return _collector.IsTooPlain ? ScanReason.TooPlain : ScanReason.None;
    }
}
