namespace TakeItDown.Matching.Video;

/// <summary>Which frames of a video are hashed.</summary>
/// <param name="Step">Every how many frames one is taken: the reference takes the whole part of interval x rate, at least 1.</param>
/// <param name="Interval">The time between two of them.</param>
/// <param name="MaximumFrames">The most frames.</param>
/// <param name="KeyframesOnly">Whether keyframes are taken instead, by time.</param>
internal sealed record FramePlan(int Step, TimeSpan Interval, int MaximumFrames, bool KeyframesOnly)
{
    public static FramePlan For(VideoInfo video, MatchingOptions options)
    {
        var step = (int)Math.Clamp(options.FrameInterval.TotalSeconds * video.FrameRate, 1, int.MaxValue);
        var interval = options.KeyframesOnly ? options.FrameInterval : TimeSpan.FromSeconds(Math.Min(step / video.FrameRate, TimeSpan.FromDays(1).TotalSeconds));
        // Not by the interval of this video, which its header may stretch or shrink at will.
        var maximum = (int)Math.Min(1 + Math.Ceiling(options.MaximumVideoDuration / options.FrameInterval), int.MaxValue - 1);
        return new FramePlan(step, interval, maximum, options.KeyframesOnly);
    }

    /// <summary>When a frame is shown: its number over the average rate, as the reference gives it.</summary>
    public TimeSpan TimeOf(int frame) => frame * Interval;

    /// <summary>Whether a video of which so many frames came ended before its header says it does.</summary>
    public bool IsCutShort(VideoInfo video, int frames)
    {
        // The last keyframe says nothing of where the video ends.
        if (KeyframesOnly || video.Duration is not { } duration) return false;
        // An average rate is a little off where the rate varies: an interval and a fiftieth are forgiven.
        return (frames + 1) * Interval < duration * 0.98;
    }
}
