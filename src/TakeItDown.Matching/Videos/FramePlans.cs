using TakeItDown.Matching.Videos.Moving;

namespace TakeItDown.Matching.Videos;

/// <summary>Chooses which frames of a video are hashed.</summary>
internal static class FramePlans
{
    // Of a moving picture that ffmpeg decodes, every frame is looked at: so many pixels take it and us some five seconds.
    private const long MaximumPicturePixels = 300_000_000;

    /// <summary>Every frame of a picture that moves, as many as can be afforded.</summary>
    /// <param name="video">What the header says.</param>
    /// <param name="isDrawnHere">Whether we draw it ourselves, which has a bound of its own.</param>
    public static FramePlan ForPicture(VideoHeader video, bool isDrawnHere) =>
        EveryFrame(video, isDrawnHere ? MovingFrame.MaximumCount : (int)(MaximumPicturePixels / ((long)video.Width * video.Height)));

    public static FramePlan For(VideoHeader video, MatchingOptions options)
    {
        var step = (int)Math.Clamp(options.Video.FrameInterval.TotalSeconds * video.FrameRate, 1, int.MaxValue);
        var interval = options.Video.KeyframesOnly ? options.Video.FrameInterval : TimeSpan.FromSeconds(Math.Min(step / video.FrameRate, TimeSpan.FromDays(1).TotalSeconds));
        // A whole number of frames may take as little as half the interval asked for. A header that stretches it does not lower the bound.
        var shortest = interval < options.Video.FrameInterval ? interval : options.Video.FrameInterval;
        var maximum = (int)Math.Min(1 + Math.Ceiling(options.Video.MaximumDuration / shortest), int.MaxValue - 1);
        return new FramePlan(step, interval, 2 * options.Video.FrameInterval, maximum, options.Video.KeyframesOnly);
    }

    /// <summary>Every frame.</summary>
    /// <param name="video">What the header says.</param>
    /// <param name="maximumFrames">The most frames.</param>
    private static FramePlan EveryFrame(VideoHeader video, int maximumFrames)
    {
        var interval = TimeSpan.FromSeconds(Math.Min(1 / video.FrameRate, TimeSpan.FromDays(1).TotalSeconds));
        return new FramePlan(1, interval, interval, maximumFrames, KeyframesOnly: false);
    }

    /// <summary>Whether a video ended before its header says it does.</summary>
    /// <param name="plan">Which frames were asked for.</param>
    /// <param name="video">What the header says.</param>
    /// <param name="frames">How many frames came.</param>
    /// <param name="last">When the last one is shown.</param>
    public static bool IsCutShort(this FramePlan plan, VideoHeader video, int frames, TimeSpan last)
    {
        // The last keyframe says nothing of where the video ends.
        if (plan.KeyframesOnly || video.Duration is not { } duration) return false;
        // Where the rate varies, the count may mislead (the average is a guess) and the last time may (its frame may be shown for long): both must say
        // so. An interval and a fiftieth are forgiven.
        // Of a single frame no gap is known, but that it may be the longest that leaves the next one out.
        var gap = frames > 1 ? last / (frames - 1) : plan.LongestGap > plan.Interval ? plan.LongestGap : plan.Interval;
        return (frames + 1) * plan.Interval < duration * 0.98 && last + (2 * gap) < duration * 0.98;
    }
}
