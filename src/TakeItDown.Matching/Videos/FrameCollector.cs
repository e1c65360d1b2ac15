using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos;

/// <summary>Takes the frames of one video in their order, hands on those that are good enough to judge, each different hash once, and sees to the limits.</summary>
internal sealed class FrameCollector(VideoHeader video, FramePlan plan, MatchingOptions options, Func<FrameHash, bool> onFrame, IProgress<VideoProgress>? progress)
{
    private readonly HashSet<(PdqHash Hash, bool IsLaid)> _seen = [];
    private readonly FrameScratch _scratch = new();

    /// <summary>How many frames came.</summary>
    public int Count { get; private set; }

    /// <summary>When the last one is shown.</summary>
    public TimeSpan Last { get; private set; }

    /// <summary>Whether nothing could be judged.</summary>
    public bool IsTooPlain => _seen.Count == 0;

    /// <summary>Takes a frame.</summary>
    /// <param name="time">When it is shown; null where that is unknown.</param>
    /// <param name="frame">Its pixels, as the file stores them.</param>
    /// <returns>Null to go on; else why not: too long, or none if enough was seen.</returns>
    public ScanReason? Take(TimeSpan? time, PixelBuffer frame)
    {
        Last = time ?? Count * plan.Interval;
        if (Count++ == plan.MaximumFrames || Last > options.Video.MaximumDuration) return ScanReason.TooLong;
        var hashes = FrameHash.Compute(Last, frame, video.ExifOrientation, options.AllOrientations, _scratch);
        if (hashes.IsNew(_seen, options.MinimumQuality) && !onFrame(hashes)) return ScanReason.None;
        progress?.Report(new VideoProgress(Last, video.Duration));
        return null;
    }
}
