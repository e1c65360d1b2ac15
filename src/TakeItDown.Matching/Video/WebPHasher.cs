using TakeItDown.Matching.Decoding;
using TakeItDown.Matching.Decoding.Native;

namespace TakeItDown.Matching.Video;

/// <summary>From a moving WebP to the hashes of its frames, within this process: no ffmpeg of today's distributions reads one.</summary>
internal static unsafe class WebPHasher
{
    /// <summary>Hashes the frames that would be hashed of a video.</summary>
    /// <returns>What kept it from being looked at whole; none if nothing did, or if <paramref name="onFrame"/> had seen enough.</returns>
    public static ScanReason Hash(
        ReadOnlySpan<byte> webP, MatchingOptions options, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        if (!VipsDecoder.IsPresent) return ScanReason.NoDecoder;
        if (OpeningCost.WebP(webP) > 0) return ScanReason.TooLong;
        var animation = WebPAnimation.Read(webP);
        if (VideoInfo.IsTooLarge(animation.Width, animation.Height, options)
            || (long)animation.Width * animation.Height * VipsLoader.WebP.PixelBytes > options.MaximumDecodeBytes) return ScanReason.TooManyPixels;

        fixed (byte* data = webP)
        {
            var source = Vips.SourceFromMemory(data, (nuint)webP.Length);
            if (source == 0) return ScanReason.Damaged;
            try
            {
                return Hash(source, animation, options, onFrame, progress, cancellationToken);
            }
            finally
            {
                GObject.Unref(source);
                Vips.ClearErrors();
            }
        }
    }

    private static ScanReason Hash(
        nint source, WebPAnimation animation, MatchingOptions options, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var starts = animation.Starts;
        var count = Math.Min(starts.Count, WebPFrames.MaximumCount(animation.Height));
        using var frames = count == 0 ? null : WebPFrames.Open(source, animation, count);
        if (frames is null) return ScanReason.Damaged;

        var video = new VideoInfo(animation.Width, animation.Height, starts.Count / animation.Duration.TotalSeconds, animation.Duration, frames.ExifOrientation, HasOtherTracks: false);
        var plan = FramePlan.For(video, options);
        var collector = new FrameCollector(video, plan, options, onFrame, progress);
        var pixels = GC.AllocateUninitializedArray<byte>(video.Width * video.Height * PixelBuffer.BytesPerPixel(frames.Format));
        for (var frame = 0; frame < count; frame++)
        {
            if (frame % plan.Step != 0 && starts[frame] - collector.Last < plan.LongestGap)
            {
                if (!frames.Skip(frame, cancellationToken)) return ScanReason.Damaged;
                continue;
            }
            if (!frames.Read(frame, pixels, cancellationToken)) return ScanReason.Damaged;
            if (collector.Take(starts[frame], new PixelBuffer(pixels, video.Width, video.Height, frames.Format)) is { } reason) return reason;
        }
        return count < starts.Count ? ScanReason.TooLong : collector.IsTooPlain ? ScanReason.TooPlain : ScanReason.None;
    }
}
