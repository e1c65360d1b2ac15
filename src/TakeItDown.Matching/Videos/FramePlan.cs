using TakeItDown.Matching.Videos.Ffmpeg;

namespace TakeItDown.Matching.Videos;

/// <summary>Which frames of a video are hashed.</summary>
/// <param name="Step">Every how many frames one is taken: the reference takes the whole part of interval x rate, at least 1.</param>
/// <param name="Interval">The time between two of them, where the rate is steady.</param>
/// <param name="LongestGap">The time after which one is taken whatever its number: where the rate varies, numbers alone would leave much unseen.</param>
/// <param name="MaximumFrames">The most frames.</param>
/// <param name="KeyframesOnly">Whether keyframes are taken instead, by time.</param>
internal sealed record FramePlan(int Step, TimeSpan Interval, TimeSpan LongestGap, int MaximumFrames, bool KeyframesOnly)
{
    public static FramePlan For(VideoInfo video, MatchingOptions options)
    {
        var step = (int)Math.Clamp(options.Video.FrameInterval.TotalSeconds * video.FrameRate, 1, int.MaxValue);
        var interval = options.Video.KeyframesOnly ? options.Video.FrameInterval : TimeSpan.FromSeconds(Math.Min(step / video.FrameRate, TimeSpan.FromDays(1).TotalSeconds));
        // A whole number of frames may take as little as half the interval asked for. A header that stretches it does not lower the bound.
        var shortest = interval < options.Video.FrameInterval ? interval : options.Video.FrameInterval;
        var maximum = (int)Math.Min(1 + Math.Ceiling(options.Video.MaximumDuration / shortest), int.MaxValue - 1);
        return new FramePlan(step, interval, 2 * options.Video.FrameInterval, maximum, options.Video.KeyframesOnly);
    }

    /// <summary>Every frame, for pictures that move.</summary>
    /// <param name="video">What the header says.</param>
    /// <param name="maximumFrames">The most frames.</param>
    public static FramePlan EveryFrame(VideoInfo video, int maximumFrames)
    {
        var interval = TimeSpan.FromSeconds(Math.Min(1 / video.FrameRate, TimeSpan.FromDays(1).TotalSeconds));
        return new FramePlan(1, interval, interval, maximumFrames, KeyframesOnly: false);
    }

    /// <summary>Whether a video ended before its header says it does.</summary>
    /// <param name="video">What the header says.</param>
    /// <param name="frames">How many frames came.</param>
    /// <param name="last">When the last one is shown.</param>
    public bool IsCutShort(VideoInfo video, int frames, TimeSpan last)
    {
        // The last keyframe says nothing of where the video ends.
        if (KeyframesOnly || video.Duration is not { } duration) return false;
        // Where the rate varies, the count may mislead (the average is a guess) and the last time may (its frame may be shown for long): both must say
        // so. An interval and a fiftieth are forgiven.
        // Of a single frame no gap is known, but that it may be the longest that leaves the next one out.
        var gap = frames > 1 ? last / (frames - 1) : LongestGap > Interval ? LongestGap : Interval;
        return (frames + 1) * Interval < duration * 0.98 && last + (2 * gap) < duration * 0.98;
    }
}
