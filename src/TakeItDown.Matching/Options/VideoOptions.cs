namespace TakeItDown.Matching;

/// <summary>How videos are looked at, when one matches a listed video, and what that may cost.</summary>
public sealed class VideoOptions
{
    /// <summary>The time between the frames that are hashed: only frames chosen alike have hashes that compare well.</summary>
    /// <value>40 ms to an hour. The default is one second, as vPDQ's reference has it.</value>
    public TimeSpan FrameInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether only keyframes are decoded, which takes an eighth to a half of the time and finds less: what is shown between two keyframes only is never
    /// seen (of vPDQ's six sample videos, 35 of the 63 frames that are otherwise hashed were found), and a cut file is not noticed.
    /// </summary>
    /// <value>The default is false.</value>
    public bool KeyframesOnly { get; set; }

    /// <summary>
    /// The share of an upload's frames that must be among those of a listed video to match it. Frames that are too plain or show the same as another do
    /// not count.
    /// </summary>
    /// <value>Above 0 and up to 1. The default is 0.8.</value>
    public double MinimumQueryShare { get; set; } = 0.8;

    /// <summary>The share of a listed video's frames that must be among those of an upload to match it, whatever else the upload shows.</summary>
    /// <value>Above 0 and up to 1. The default is 0.8.</value>
    public double MinimumListedShare { get; set; } = 0.8;

    /// <summary>
    /// The most pixels in a frame, each of which takes three bytes of memory here, or six where players turn it, and more in ffmpeg.
    /// </summary>
    /// <value>The default is 36 million: 8K.</value>
    public int MaximumPixels { get; set; } = 36_000_000;

    /// <summary>The longest part of a video that is looked at, and so the most frames. A longer one is "not scannable" unless that part matches.</summary>
    /// <value>Up to a day. The default is four hours.</value>
    public TimeSpan MaximumDuration { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// The longest that decoding a video may take, waiting for a turn included; it counts from when the upload has been read, in the place of
    /// <see cref="MatchingOptions.MaximumScanTime"/>.
    /// </summary>
    /// <value>Up to a day. The default is ten minutes.</value>
    public TimeSpan MaximumTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many videos are decoded at a time, each by an <c>ffmpeg</c> process of one thread (moving pictures within this one); others wait, up to 16 for
    /// each of these.
    /// </summary>
    /// <value>1 to 10,000. The default is half the number of cores.</value>
    public int MaximumDecodes { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);
}
