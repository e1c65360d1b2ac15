using System.Globalization;

namespace TakeItDown.Matching.Tool.Output;

/// <summary>Turns how far a video has come into a line of progress.</summary>
internal sealed class VideoReporter(Action<string, double?> report) : IProgress<VideoProgress>
{
    public void Report(VideoProgress value)
    {
        var done = value.Done.TotalSeconds;
        if (value.Total?.TotalSeconds is { } total and > 0) report(string.Create(CultureInfo.InvariantCulture, $"video: {done:0} of {total:0} s"), Math.Min(done / total, 1));
        else report(string.Create(CultureInfo.InvariantCulture, $"video: {done:0} s"), null);
    }
}
