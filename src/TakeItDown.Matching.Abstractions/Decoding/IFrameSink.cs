namespace TakeItDown.Matching;

/// <summary>Takes the frames of one video, in their order.</summary>
public interface IFrameSink
{
    /// <summary>Announces the video, once, before the first frame.</summary>
    /// <param name="header">What its header promises.</param>
    /// <returns>Which frames to deliver; null where it is over a limit: answer <see cref="VideoDecodeStatus.OverLimit"/> at once.</returns>
    FramePlan? Begin(VideoHeader header);

    /// <summary>Delivers a frame, of the announced size and as the file stores it: nobody has turned it.</summary>
    /// <param name="time">When it is shown; null where that is unknown.</param>
    /// <param name="frame">Its pixels, which are read during the call only.</param>
    /// <returns>False: no more is wanted; answer <see cref="VideoDecodeStatus.Complete"/> at once.</returns>
    bool Write(TimeSpan? time, PixelBuffer frame);
}
