using TakeItDown.Matching.Videos.Ffmpeg;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Videos;

/// <summary>What one decoder delivers of a video: chooses the frames, hands them to the collector, and judges what came in the end.</summary>
internal sealed class CollectingSink(VideoFormat format, bool isPicture, MatchingOptions options, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress)
    : IFrameSink
{
    private readonly bool _isMovingPicture = MovingPicture.Handles(format);
    private VideoHeader? _video;
    private FramePlan? _plan;
    private FrameCollector? _collector;
    private ScanReason? _end;

    public FramePlan? Begin(VideoHeader header)
    {
        if (header.Width <= 0 || header.Height <= 0 || VideoInfo.IsTooLarge(header.Width, header.Height, options)) return null;
        _video = header;
        _plan = isPicture ? FramePlans.ForPicture(header, format) : FramePlans.For(header, options);
        _collector = new FrameCollector(header, _plan, options, onFrame, progress);
        return _plan;
    }

    public bool Write(TimeSpan? time, PixelBuffer frame)
    {
        if (_collector is null || _end is not null) throw new InvalidOperationException("A decoder asks before it delivers, and stops when it is told to.");
        _end = _collector.Take(time, frame);
        return _end is null;
    }

    /// <summary>What kept the video from being looked at whole; none if nothing did, or if enough was seen.</summary>
    /// <param name="status">What the decoder made of it.</param>
    public ScanReason Judge(VideoDecodeStatus status)
    {
        if (_end is { } end) return end == ScanReason.TooLong && isPicture && !_isMovingPicture ? ScanReason.TooManyFrames : end;
        switch (status)
        {
            case VideoDecodeStatus.OverLimit: return ScanReason.TooManyPixels;
            case VideoDecodeStatus.TooManyFrames: return ScanReason.TooManyFrames;
            case VideoDecodeStatus.NoVideo: return ScanReason.UnknownFormat;
            case VideoDecodeStatus.Unsupported: return ScanReason.NoDecoder;
        }
        // Whatever it says, a decoder that announced nothing has read nothing.
        if (status == VideoDecodeStatus.Undecodable || _collector is null) return ScanReason.Damaged;
        // Of a moving picture, what shows nothing new is not delivered: the last frame says nothing of where it ends.
        if (!_isMovingPicture)
        {
            if (_collector.Count == 0) return ScanReason.Damaged;
            if (_plan!.IsCutShort(_video!, _collector.Count, _collector.Last)) return ScanReason.Truncated;
        }
        if (status != VideoDecodeStatus.Complete) return status == VideoDecodeStatus.Truncated ? ScanReason.Truncated : ScanReason.Damaged;
        if (_video!.HasOtherTracks) return ScanReason.OtherTracks;
        return _collector.IsTooPlain ? ScanReason.TooPlain : ScanReason.None;
    }
}
