using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Videos.Ffmpeg;
using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Videos;

/// <summary>From a video to the hashes of its frames, through a child process; from a moving picture, by the decoders of pictures.</summary>
internal sealed partial class VideoHasher(
    FfmpegProgram program, MovingPictureHasher movingPictures, IOptions<MatchingOptions> matching, TimeProvider time, ILogger<VideoHasher> logger)
{
    private const int MaximumProbeText = 16 * 1024;

    // Of a moving picture that ffmpeg decodes, every frame is looked at: so many pixels take it and us some five seconds.
    private const long MaximumPicturePixels = 300_000_000;

    private static readonly TimeSpan MaximumProbeTime = TimeSpan.FromSeconds(20);

    private readonly MatchingOptions _options = matching.Value;
    private readonly DecodeQueue _queue = new(matching.Value.Video.MaximumDecodes);

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
        var isOwn = MovingPicture.Handles(format);
        if (!isOwn && !program.IsAvailable) return ScanReason.NoDecoder;

        using var timeout = new CancellationTokenSource(_options.Video.MaximumTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (isBatch) timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            if (!await _queue.EnterAsync(isBatch, both.Token).ConfigureAwait(false)) return ScanReason.Busy;
            if (isBatch) timeout.CancelAfter(_options.Video.MaximumTime);
            try
            {
                if (!isOwn) return await RunAsync(content, format, onFrame, progress, both.Token).ConfigureAwait(false);
                return content.Use(
                    (movingPictures, format, onFrame, progress, both.Token),
                    static (bytes, state) => state.movingPictures.Hash(bytes, state.format, state.onFrame, state.progress, state.Token));
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
        catch (Win32Exception exception)
        {
            LogNotStarted(logger, exception.NativeErrorCode);
            return ScanReason.NoDecoder;
        }
    }

    private async ValueTask<ScanReason> RunAsync(
        SpooledContent content, VideoFormat format, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var demuxer = FfmpegArguments.Demuxer(format)!;
        using var file = await content.ShareAsync(cancellationToken).ConfigureAwait(false);
        var (video, reason) = await ProbeAsync(demuxer, file.Path, cancellationToken).ConfigureAwait(false);
        if (video is null) return reason;
        var isPicture = MediaSniffer.Sniff(content.Head).Kind == MediaKind.Image;
        var plan = isPicture ? FramePlan.EveryFrame(video, (int)(MaximumPicturePixels / ((long)video.Width * video.Height))) : FramePlan.For(video, _options);
        reason = await DecodeAsync(demuxer, file.Path, video, plan, onFrame, progress, cancellationToken).ConfigureAwait(false);
        if (reason == ScanReason.TooLong && isPicture) return ScanReason.TooManyFrames;
        return reason == ScanReason.None && format == VideoFormat.Asf && content.Use(0, static (asf, _) => AsfLength.IsCutShort(asf)) ? ScanReason.Truncated : reason;
    }

    /// <summary>Asks <c>ffprobe</c>, and refuses what is over the limits.</summary>
    private async ValueTask<(VideoInfo? Video, ScanReason Reason)> ProbeAsync(string demuxer, string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(MaximumProbeTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var child = await ChildProcess.StartAsync(program.Prober, FfmpegArguments.Probe(demuxer, path), Limits(MaximumProbeTime), both.Token).ConfigureAwait(false);
        await using var ending = child.ConfigureAwait(false);
        var text = new byte[MaximumProbeText];
        var length = await child.Output.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, both.Token).ConfigureAwait(false);
        both.Token.ThrowIfCancellationRequested();
        // It may have more to say, and would wait for a reader.
        if (length == text.Length || !await child.SucceedsAsync(both.Token).ConfigureAwait(false)) return (null, ScanReason.Damaged);

        var video = VideoInfo.Parse(Encoding.ASCII.GetString(text, 0, length), trustFrameCount: demuxer == "avi");
        if (video is null) return (null, ScanReason.UnknownFormat);
        return VideoInfo.IsTooLarge(video.Width, video.Height, _options) ? (null, ScanReason.TooManyPixels) : (video, ScanReason.None);
    }

    private async ValueTask<ScanReason> DecodeAsync(
        string demuxer, string path, VideoInfo video, FramePlan plan, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress,
        CancellationToken cancellationToken)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(video.Width * video.Height * 3);

        var arguments = FfmpegArguments.Decode(demuxer, path, video, plan, _options.Video.MaximumPixels);
        var child = await ChildProcess.StartAsync(program.Decoder, arguments, Limits(_options.Video.MaximumTime), cancellationToken).ConfigureAwait(false);
        await using var ending = child.ConfigureAwait(false);
        var times = new FrameTimes(child.Messages, plan.MaximumFrames + 1);
        var collector = new FrameCollector(video, plan, _options, onFrame, progress);
        while (await child.Output.ReadAtLeastAsync(pixels, pixels.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == pixels.Length)
        {
            var shown = await times.NextAsync(cancellationToken).ConfigureAwait(false);
            if (collector.Take(shown, new PixelBuffer(pixels, video.Width, video.Height, PixelFormat.Rgb24)) is { } reason) return reason;
        }
        // A killed child looks like one that has ended.
        cancellationToken.ThrowIfCancellationRequested();

        if (collector.Count == 0) return ScanReason.Damaged;
        if (plan.IsCutShort(video, collector.Count, collector.Last)) return ScanReason.Truncated;
        if (!await child.SucceedsAsync(cancellationToken).ConfigureAwait(false)) return ScanReason.Damaged;
        if (video.HasOtherTracks) return ScanReason.OtherTracks;
        return collector.IsTooPlain ? ScanReason.TooPlain : ScanReason.None;
    }

    // Wall time ends it first, as it has one busy thread; this holds should we be gone.
    private static ChildLimits Limits(TimeSpan wallTime) => new(wallTime + TimeSpan.FromSeconds(5));

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "ffmpeg could not be started (error {Code}); the video is not scannable.")]
    private static partial void LogNotStarted(ILogger logger, int code);
}
