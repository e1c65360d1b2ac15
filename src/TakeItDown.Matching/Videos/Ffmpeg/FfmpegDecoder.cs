using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>Videos, and the films in HEIF and AVIF, through a child process.</summary>
internal sealed partial class FfmpegDecoder(FfmpegProgram program, IOptions<MatchingOptions> matching, TimeProvider time, ILogger<FfmpegDecoder> logger) : IVideoDecoder
{
    private const int MaximumProbeText = 16 * 1024;

    private static readonly TimeSpan MaximumProbeTime = TimeSpan.FromSeconds(20);

    private readonly MatchingOptions _options = matching.Value;

    public string Name => "ffmpeg";

    /// <summary>Where the programs are.</summary>
    public FfmpegProgram Program => program;

    public DecoderAvailability Availability => program.Availability;

    public bool CanDecode(VideoFormat format) => FfmpegArguments.Demuxer(format) is not null;

    public async ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken)
    {
        if (FfmpegArguments.Demuxer(format) is not { } demuxer) return VideoDecodeStatus.Unsupported;
        using var file = await content.ShareAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (video, status) = await ProbeAsync(demuxer, file.Path, cancellationToken).ConfigureAwait(false);
            if (video is null) return status;
            return sink.Begin(video) is { } plan
                ? await DecodeAsync(demuxer, file.Path, video, plan, sink, cancellationToken).ConfigureAwait(false)
                : VideoDecodeStatus.OverLimit;
        }
        catch (Win32Exception exception)
        {
            LogNotStarted(logger, exception.NativeErrorCode);
            return VideoDecodeStatus.Unsupported;
        }
    }

    private async ValueTask<(VideoHeader? Video, VideoDecodeStatus Status)> ProbeAsync(string demuxer, string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(MaximumProbeTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var child = await ChildProcess.StartAsync(program.Prober, FfmpegArguments.Probe(demuxer, path), Limits(MaximumProbeTime), both.Token).ConfigureAwait(false);
        await using var ending = child.ConfigureAwait(false);
        var text = new byte[MaximumProbeText];
        var length = await child.Output.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, both.Token).ConfigureAwait(false);
        both.Token.ThrowIfCancellationRequested();
        // It may have more to say, and would wait for a reader.
        if (length == text.Length || !await child.SucceedsAsync(both.Token).ConfigureAwait(false)) return (null, VideoDecodeStatus.Undecodable);
        return (VideoInfo.Parse(Encoding.ASCII.GetString(text, 0, length), trustFrameCount: demuxer == "avi"), VideoDecodeStatus.NoVideo);
    }

    private async ValueTask<VideoDecodeStatus> DecodeAsync(
        string demuxer, string path, VideoHeader video, FramePlan plan, IFrameSink sink, CancellationToken cancellationToken)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(video.Width * video.Height * 3);

        var arguments = FfmpegArguments.Decode(demuxer, path, video, plan, _options.Video.MaximumPixels);
        var child = await ChildProcess.StartAsync(program.Decoder, arguments, Limits(_options.Video.MaximumTime), cancellationToken).ConfigureAwait(false);
        await using var ending = child.ConfigureAwait(false);
        var times = new FrameTimes(child.Messages, plan.MaximumFrames + 1);
        while (await child.Output.ReadAtLeastAsync(pixels, pixels.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) == pixels.Length)
        {
            var shown = await times.NextAsync(cancellationToken).ConfigureAwait(false);
            if (!sink.Write(shown, new PixelBuffer(pixels, video.Width, video.Height, PixelFormat.Rgb24))) return VideoDecodeStatus.Complete;
        }
        // A killed child looks like one that has ended.
        cancellationToken.ThrowIfCancellationRequested();
        return await child.SucceedsAsync(cancellationToken).ConfigureAwait(false) ? VideoDecodeStatus.Complete : VideoDecodeStatus.Damaged;
    }

    // Wall time ends it first, as it has one busy thread; this holds should we be gone.
    private static ChildLimits Limits(TimeSpan wallTime) => new(wallTime + TimeSpan.FromSeconds(5));

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "ffmpeg could not be started (error {Code}); the video is not scannable.", EventName = "FfmpegNotStarted")]
    private static partial void LogNotStarted(ILogger logger, int code);
}
