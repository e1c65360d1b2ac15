using System.Globalization;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>Reads what <c>ffprobe</c> says of a video.</summary>
internal static class VideoInfo
{
    /// <summary>The most pixels in a row, and the most rows: no codec in use has more.</summary>
    public const int MaximumSide = 16384;

    private const string Stream = "streams.stream.0.";
    private const string OtherStream = "streams.stream.1.";

    // What players assume of a video that gives no rate.
    private const double UsualFrameRate = 25;

    /// <summary>Reads what <c>ffprobe</c> printed with <see cref="FfmpegArguments.Probe"/>.</summary>
    /// <param name="text">Lines of <c>name=value</c>.</param>
    /// <param name="trustFrameCount">Whether the number of frames says more of the length than the duration, which ffmpeg corrects for a cut AVI.</param>
    /// <returns>Null where there is no video in it.</returns>
    public static VideoHeader? Parse(ReadOnlySpan<char> text, bool trustFrameCount)
    {
        int width = 0, height = 0, orientation = 1;
        var hasOtherTracks = false;
        double averageRate = 0, realRate = 0, duration = 0, tagDuration = 0, fileDuration = 0, frames = 0;
        foreach (var line in text.EnumerateLines())
        {
            var split = line.IndexOf('=');
            if (split < 0) continue;
            var value = line[(split + 1)..].Trim('"');
            switch (line[..split])
            {
                case Stream + "width": width = (int)Number(value); break;
                case Stream + "height": height = (int)Number(value); break;
                case Stream + "avg_frame_rate": averageRate = Ratio(value); break;
                case Stream + "r_frame_rate": realRate = Ratio(value); break;
                case Stream + "duration": duration = Number(value); break;
                case Stream + "nb_frames": frames = Number(value); break;
                case Stream + "tags.DURATION": tagDuration = Clock(value); break;
                case "format.duration": fileDuration = Number(value); break;
                case var name when name.StartsWith(OtherStream): hasOtherTracks = true; break;
                case var name when name.EndsWith(".rotation"): orientation = Orientation((int)Number(value)); break;
            }
        }
        if (width <= 0 || height <= 0) return null;

        var rate = First(averageRate, realRate, UsualFrameRate);
        var seconds = First(trustFrameCount ? frames / rate : 0, duration, tagDuration, fileDuration);
        TimeSpan? length = seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1000).TotalSeconds)) : null;
        return new VideoHeader(width, height, rate, length, orientation, hasOtherTracks);
    }

    /// <summary>Whether frames of this size are more than may be hashed.</summary>
    public static bool IsTooLarge(int width, int height, MatchingOptions options) =>
        (long)width * height > options.Video.MaximumPixels || width > MaximumSide || height > MaximumSide;

    private static double First(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value > 0) return value;
        }
        return 0;
    }

    /// <summary>The side data gives degrees to the left.</summary>
    private static int Orientation(int rotation) => (((rotation % 360) + 360) % 360) switch
    {
        90 => 8,
        180 => 3,
        270 => 6,
        _ => 1,
    };

    private static double Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;

    private static double Ratio(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0) return Number(text);
        var under = Number(text[(slash + 1)..]);
        return under > 0 ? Number(text[..slash]) / under : 0;
    }

    /// <summary>Hours, minutes and seconds, as Matroska's tag has them.</summary>
    private static double Clock(ReadOnlySpan<char> text)
    {
        var seconds = 0.0;
        foreach (var part in text.Split(':')) seconds = (seconds * 60) + Number(text[part]);
        return seconds;
    }
}
