using System.Globalization;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>The arguments with which content of strangers is read.</summary>
internal static class FfmpegArguments
{
    /// <summary>
    /// The one demuxer that reads a format; null where ffmpeg is not asked. It is named and never guessed: a guess may fall on a playlist, whose entries
    /// name other files.
    /// </summary>
    public static string? Demuxer(VideoFormat format) => format switch
    {
        VideoFormat.QuickTime => "mov",
        VideoFormat.Matroska => "matroska",
        VideoFormat.Avi => "avi",
        VideoFormat.Flv => "flv",
        VideoFormat.Ogg => "ogg",
        VideoFormat.Asf => "asf",
        VideoFormat.MpegProgram => "mpeg",
        VideoFormat.MpegVideo => "mpegvideo",
        VideoFormat.MpegTransport => "mpegts",
        // Other pictures that move are read frame by frame within this process.
        _ => null,
    };

    // As the reference converts: BT.601 whatever the file says, and rounded exactly, which no other way of ffmpeg's comes as close to it as. The scaler
    // is used only where a frame's size differs from the first one's.
    private const string Convert = "flags=area+accurate_rnd:in_color_matrix=bt601,format=rgb24";

    // A frame's time is printed along with something that is known of it, so something is made known, in the place of what the file says: that may look
    // like a time.
    private const string SayTime = @"metadata=delete,metadata=add:key=t:value=1,metadata=print:key=t:direct=1:file=pipe\\:2";

    /// <summary>What <c>ffprobe</c> is to say of every video track but cover pictures, one <c>name=value</c> a line.</summary>
    public static List<string> Probe(string demuxer, string path) =>
    [
        // Not the limit of the options: what is above that is to be told from what is damaged.
        "-v", "quiet", .. Input(demuxer), "-max_pixels", Text(VideoInfo.MaximumSide * VideoInfo.MaximumSide),
        "-select_streams", "V",
        "-show_entries", "stream=width,height,avg_frame_rate,r_frame_rate,duration,nb_frames:stream_tags=DURATION:stream_side_data=rotation:format=duration",
        "-of", "flat", "-i", "file:" + path,
    ];

    /// <summary>
    /// Frames of the first video track, of one size, red, green and blue, on standard output, chosen as <paramref name="plan"/> says, as the file stores
    /// them; before each, on standard error, a line with its time.
    /// </summary>
    public static List<string> Decode(string demuxer, string path, VideoHeader video, FramePlan plan, int maximumPixels) =>
    [
        // One frame that cannot be decoded is enough to end with an error, after the others; by default it takes two of three.
        "-v", "quiet", "-nostdin", "-filter_threads", "1", "-max_error_rate", "0", .. Input(demuxer),
        "-max_pixels", Text(maximumPixels), "-threads", "1", "-noautorotate", "-skip_frame", plan.KeyframesOnly ? "nokey" : "default",
        "-i", "file:" + path,
        "-map", "0:V:0", "-vf", $"{Choice(plan)},{SayTime},scale={Text(video.Width)}:{Text(video.Height)}:{Convert}",
        // Every frame that was chosen comes out once.
        "-fps_mode", "passthrough",
        // One more than allowed, to tell a video that ends there from one that goes on.
        "-frames:v", Text(plan.MaximumFrames + 1), "-f", "rawvideo", "pipe:1",
    ];

    /// <summary>Only a local file, only this demuxer, and no file that an MP4 names within itself (which is ffmpeg's default, stated).</summary>
    private static string[] Input(string demuxer)
    {
        string[] common = ["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer];
        return demuxer == "mov" ? [.. common, "-enable_drefs", "0", "-use_absolute_path", "0"] : common;
    }

    /// <summary>By number, as the reference does, unless that leaves too long a gap; of keyframes, whose numbers are unknown, by time.</summary>
    private static string Choice(FramePlan plan) => plan.KeyframesOnly
        ? $"select={After(plan.Interval)}"
        : $@"select=not(mod(n\,{Text(plan.Step)}))+{After(plan.LongestGap)}";

    /// <summary>Not within this time of the last one, before or after it; so also where either has no time.</summary>
    private static string After(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $@"not(lt(abs(t-prev_selected_t)\,{time.TotalSeconds - 0.001:0.000}))");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
