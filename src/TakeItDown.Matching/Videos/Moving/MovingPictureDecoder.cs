using System.Buffers;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>Moving GIF, WebP and PNG, within this process, by the decoders of stills.</summary>
internal sealed class MovingPictureDecoder(PictureHasher pictures, IOptions<MatchingOptions> matching) : IVideoDecoder
{
    private readonly MatchingOptions _options = matching.Value;

    public string Name => "moving pictures";

    public DecoderAvailability Availability => new(true, "frame by frame, by the decoders of pictures");

    public bool CanDecode(VideoFormat format) => MovingPicture.Handles(format);

    public ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken) =>
        ValueTask.FromResult(content.Use((this, format, sink, cancellationToken), static (bytes, state) => state.Item1.Decode(bytes, state.format, state.sink, state.cancellationToken)));

    /// <summary>Delivers what is shown.</summary>
    public VideoDecodeStatus Decode(ReadOnlySpan<byte> content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken)
    {
        var picture = MovingPicture.Read(content, format);
        if (picture.HasMore) return VideoDecodeStatus.TooManyFrames;
        if (picture.Frames.Count == 0 || picture.Width == 0 || picture.Height == 0) return VideoDecodeStatus.Undecodable;
        if (IsTooLarge(picture) || sink.Begin(Header(picture)) is null) return VideoDecodeStatus.OverLimit;

        var choice = FrameChoice.Of(picture, FrameCost.Limit, _options.AllOrientations);
        var canvas = new FrameCanvas(picture.Width, picture.Height, new DecodeLimits(_options.Decoding.MaximumPixels, _options.Decoding.MaximumDecodeBytes));
        var still = new ArrayBufferWriter<byte>();
        var (shown, status) = (TimeSpan.Zero, VideoDecodeStatus.Complete);
        for (var i = 0; i < picture.Frames.Count; shown += picture.Frames[i++].Shown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!choice.Decodes(i))
            {
                canvas.Skip(picture.Frames[i]);
                continue;
            }
            var failure = Draw(content, picture, picture.Frames[i], canvas, still, cancellationToken);
            if (status == VideoDecodeStatus.Complete) status = failure;
            if (choice.Looks(i) && canvas.TakeChange() && !sink.Write(shown, canvas.Picture)) return VideoDecodeStatus.Complete;
        }
        return status == VideoDecodeStatus.Complete && !choice.IsEnough ? VideoDecodeStatus.TooManyFrames : status;
    }

    private bool IsTooLarge(MovingPicture picture) =>
        VideoInfo.IsTooLarge(picture.Width, picture.Height, _options)
        || (long)picture.Width * picture.Height > _options.Decoding.MaximumPixels
        || CanvasBytes(picture) > Math.Min(_options.Decoding.MaximumDecodeBytes, Array.MaxLength);

    private long CanvasBytes(MovingPicture picture) => FrameCanvas.Bytes(picture, _options.AllOrientations || picture.ExifOrientation != 1);

    private static VideoHeader Header(MovingPicture picture)
    {
        var duration = TimeSpan.FromTicks(picture.Frames.Sum(static frame => frame.Shown.Ticks));
        var rate = picture.Frames.Count / duration.TotalSeconds;
        return new VideoHeader(picture.Width, picture.Height, rate, duration, picture.ExifOrientation, HasOtherTracks: false);
    }

    private VideoDecodeStatus Draw(
        ReadOnlySpan<byte> content, MovingPicture picture, MovingFrame frame, FrameCanvas canvas, ArrayBufferWriter<byte> still, CancellationToken cancellationToken)
    {
        // The still that is written takes as much again, and twice that while its buffer grows.
        var left = _options.Decoding.MaximumDecodeBytes - CanvasBytes(picture);
        if (2L * frame.Length > left) return VideoDecodeStatus.OverLimit;
        still.ResetWrittenCount();
        picture.WriteStill(content, frame, still);
        canvas.HeldBytes = still.Capacity;
        canvas.Start(frame);
        var reason = pictures.Decode(still.WrittenSpan, picture.StillFormat, canvas, cancellationToken);
        if (frame.IsCut && reason is (ScanReason.None or ScanReason.Damaged)) return VideoDecodeStatus.Truncated;
        return reason switch
        {
            ScanReason.None => canvas.IsComplete ? VideoDecodeStatus.Complete : VideoDecodeStatus.Damaged,
            ScanReason.Truncated => VideoDecodeStatus.Truncated,
            ScanReason.TooManyPixels => VideoDecodeStatus.OverLimit,
            // Nobody reads such stills here, nor will the next frame fare better.
            ScanReason.NoDecoder => VideoDecodeStatus.Unsupported,
            _ => VideoDecodeStatus.Damaged,
        };
    }
}
