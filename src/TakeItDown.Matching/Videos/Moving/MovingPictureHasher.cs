using System.Buffers;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>From a moving picture to the hashes of what it shows, within this process, by the decoders of stills.</summary>
internal sealed class MovingPictureHasher(PictureHasher pictures, IOptions<MatchingOptions> matching)
{
    private readonly MatchingOptions _options = matching.Value;

    /// <summary>Hashes what is shown: each different hash once.</summary>
    /// <param name="content">The file.</param>
    /// <param name="format">What it is.</param>
    /// <param name="onFrame">Takes a frame, in the order of time; false ends it there.</param>
    /// <param name="progress">Told after each frame; may be null.</param>
    /// <param name="cancellationToken">Looked at between frames, and by decoders between rows.</param>
    /// <returns>What kept it from being looked at whole; none if nothing did, or if <paramref name="onFrame"/> had seen enough.</returns>
    public ScanReason Hash(
        ReadOnlySpan<byte> content, VideoFormat format, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return HashFrames(content, format, onFrame, progress, cancellationToken);
        }
        catch (OutOfMemoryException)
        {
            // Within the limits, yet more than this machine has.
            return ScanReason.TooManyPixels;
        }
    }

    private ScanReason HashFrames(
        ReadOnlySpan<byte> content, VideoFormat format, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var picture = MovingPicture.Read(content, format);
        if (picture.HasMore) return ScanReason.TooManyFrames;
        if (picture.Frames.Count == 0 || picture.Width == 0 || picture.Height == 0) return ScanReason.Damaged;
        if (IsTooLarge(picture)) return ScanReason.TooManyPixels;

        var choice = FrameChoice.Of(picture, FrameCost.Limit, _options.AllOrientations);
        var collector = Collect(picture, onFrame, progress);
        var canvas = new FrameCanvas(picture.Width, picture.Height, new DecodeLimits(_options.Decoding.MaximumPixels, _options.Decoding.MaximumDecodeBytes));
        var still = new ArrayBufferWriter<byte>();
        var (shown, reason) = (TimeSpan.Zero, ScanReason.None);
        for (var i = 0; i < picture.Frames.Count; shown += picture.Frames[i++].Shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!choice.Decodes(i))
            {
                canvas.Skip(picture.Frames[i]);
                continue;
            }
            var failure = Draw(content, picture, picture.Frames[i], canvas, still, cancellationToken);
            if (reason == ScanReason.None) reason = failure;
            if (choice.Looks(i) && canvas.TakeChange() && collector.Take(shown, canvas.Picture) is { } end) return end;
        }
        if (reason != ScanReason.None) return reason;
        if (!choice.IsEnough) return ScanReason.TooManyFrames;
        return collector.IsTooPlain ? ScanReason.TooPlain : ScanReason.None;
    }

    private bool IsTooLarge(MovingPicture picture) =>
        VideoInfo.IsTooLarge(picture.Width, picture.Height, _options)
        || (long)picture.Width * picture.Height > _options.Decoding.MaximumPixels
        || CanvasBytes(picture) > Math.Min(_options.Decoding.MaximumDecodeBytes, Array.MaxLength);

    private long CanvasBytes(MovingPicture picture) => FrameCanvas.Bytes(picture, _options.AllOrientations || picture.ExifOrientation != 1);

    private FrameCollector Collect(MovingPicture picture, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress)
    {
        var duration = TimeSpan.FromTicks(picture.Frames.Sum(static frame => frame.Shown.Ticks));
        var rate = picture.Frames.Count / duration.TotalSeconds;
        var video = new VideoInfo(picture.Width, picture.Height, rate, duration, picture.ExifOrientation, HasOtherTracks: false);
        return new FrameCollector(video, FramePlan.EveryFrame(video, MovingFrame.MaximumCount), _options, onFrame, progress);
    }

    private ScanReason Draw(
        ReadOnlySpan<byte> content, MovingPicture picture, MovingFrame frame, FrameCanvas canvas, ArrayBufferWriter<byte> still, CancellationToken cancellationToken)
    {
        // The still that is written takes as much again, and twice that while its buffer grows.
        var left = _options.Decoding.MaximumDecodeBytes - CanvasBytes(picture);
        if (2L * frame.Length > left) return ScanReason.TooManyPixels;
        still.ResetWrittenCount();
        picture.WriteStill(content, frame, still);
        canvas.HeldBytes = still.Capacity;
        canvas.Start(frame);
        var reason = pictures.Decode(still.WrittenSpan, picture.StillFormat, canvas, cancellationToken);
        if (frame.IsCut && reason is (ScanReason.None or ScanReason.Damaged)) return ScanReason.Truncated;
        return reason == ScanReason.None && !canvas.IsComplete ? ScanReason.Damaged : reason;
    }
}
