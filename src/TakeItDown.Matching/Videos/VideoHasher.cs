using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Videos.Ffmpeg;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Videos;

/// <summary>From a video to the hashes of its frames: asks the decoders in turn, and survives whatever they do.</summary>
internal sealed partial class VideoHasher
{
    private readonly MatchingOptions _options;
    private readonly DecodeQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger<VideoHasher> _logger;

    public VideoHasher(
        IEnumerable<IVideoDecoder> decoders, IEnumerable<DecoderRank> ranks, IOptions<MatchingOptions> matching, TimeProvider time, ILogger<VideoHasher> logger)
    {
        Decoders = DecoderRank.Sort(decoders, ranks);
        _options = matching.Value;
        _queue = new DecodeQueue(_options.Video.MaximumDecodes);
        (_time, _logger) = (time, logger);
    }

    /// <summary>The decoders, in the order in which they are asked.</summary>
    public IReadOnlyList<IVideoDecoder> Decoders { get; }

    /// <summary>Hashes the frames of a video: those that are good enough to judge, each different hash once.</summary>
    /// <param name="content">The video.</param>
    /// <param name="format">What it comes in.</param>
    /// <param name="onFrame">Takes a frame, in the order of time; false ends it there.</param>
    /// <param name="progress">Told after each frame; may be null.</param>
    /// <param name="isBatch">Whether to wait behind every upload; the time limit then counts from the turn.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What kept the video from being looked at whole; none if nothing did, or if <paramref name="onFrame"/> had seen enough.</returns>
    public async ValueTask<ScanReason> HashAsync(
        SpooledContent content, VideoFormat format, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, bool isBatch,
        CancellationToken cancellationToken)
    {
        var able = Decoders.Where(decoder => CanDecode(decoder, format)).ToArray();
        if (able.Length == 0) return ScanReason.NoDecoder;

        using var timeout = new CancellationTokenSource(_options.Video.MaximumTime, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (isBatch) timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            if (!await _queue.EnterAsync(isBatch, both.Token).ConfigureAwait(false)) return ScanReason.Busy;
            if (isBatch) timeout.CancelAfter(_options.Video.MaximumTime);
            try
            {
                return await DecodeAsync(able, content, format, onFrame, progress, both.Token).ConfigureAwait(false);
            }
            finally
            {
                _queue.Leave();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ScanReason.TimedOut;
        }
    }

    private async ValueTask<ScanReason> DecodeAsync(
        IVideoDecoder[] decoders, SpooledContent content, VideoFormat format, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress,
        CancellationToken cancellationToken)
    {
        var isPicture = MediaSniffer.Sniff(content.Head).Kind == MediaKind.Image;
        var video = new SpooledVideo(content);
        var reason = ScanReason.NoDecoder;
        foreach (var decoder in decoders)
        {
            var sink = new CollectingSink(isPicture, isDrawnHere: decoder is MovingPictureDecoder, _options, onFrame, progress);
            var status = await DecodeAsync(decoder, video, format, sink, cancellationToken).ConfigureAwait(false);
            // A decoder that is stopped may well say that it came to the end.
            cancellationToken.ThrowIfCancellationRequested();
            reason = sink.Judge(status);
            if (status != VideoDecodeStatus.Unsupported || sink.HasFrames) break;
        }
        return reason == ScanReason.None && format == VideoFormat.Asf && content.Use(0, static (asf, _) => AsfLength.IsCutShort(asf)) ? ScanReason.Truncated : reason;
    }

    private async ValueTask<VideoDecodeStatus> DecodeAsync(
        IVideoDecoder decoder, SpooledVideo video, VideoFormat format, CollectingSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await decoder.DecodeAsync(video, format, sink, cancellationToken).ConfigureAwait(false);
        }
        catch (OutOfMemoryException)
        {
            // Within the limits, yet more than this machine has.
            return VideoDecodeStatus.OverLimit;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !ReferenceEquals(exception, video.Failure))
        {
            // What a user can upload never throws out of the library. The exception's text may quote the file; its type cannot.
            LogDecoderFailed(decoder.Name, exception.GetType().Name);
            return VideoDecodeStatus.Undecodable;
        }
    }

    private bool CanDecode(IVideoDecoder decoder, VideoFormat format)
    {
        try
        {
            return decoder.CanDecode(format) && decoder.Availability.IsAvailable;
        }
        catch (Exception exception)
        {
            LogDecoderFailed(decoder.Name, exception.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The decoder {Decoder} threw {Exception}; the video is not scannable.", EventName = "VideoDecoderFailed")]
    private partial void LogDecoderFailed(string decoder, string exception);
}
