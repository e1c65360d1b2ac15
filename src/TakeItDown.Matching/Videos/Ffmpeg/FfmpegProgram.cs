using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Videos.Ffmpeg;

/// <summary>Where <c>ffmpeg</c> and <c>ffprobe</c> are. Their absence disables the frames of videos and nothing else.</summary>
internal sealed partial class FfmpegProgram
{
    public FfmpegProgram(IOptions<MatchingOptions> options, ILogger<FfmpegProgram> logger)
    {
        var folders = options.Value.FfmpegDirectory is { } chosen ? [chosen] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Decoder = Find(folders, "ffmpeg");
        Prober = Find(folders, "ffprobe");
        if (!IsAvailable) LogMissing(logger);
    }

    /// <summary>The full path of <c>ffmpeg</c>; empty if it is missing.</summary>
    public string Decoder { get; }

    /// <summary>The full path of <c>ffprobe</c>; empty if it is missing.</summary>
    public string Prober { get; }

    /// <summary>Whether both were found.</summary>
    public bool IsAvailable => Decoder.Length > 0 && Prober.Length > 0;

    /// <summary>What to tell an operator.</summary>
    public DecoderAvailability Availability => new(IsAvailable, IsAvailable ? Decoder : "install ffmpeg and ffprobe (Debian: ffmpeg), and have them on the PATH");

    // The full path is taken once: a child started by its bare name would be searched for again, and relative folders depend on where we are.
    private static string Find(string[] folders, string name)
    {
        if (OperatingSystem.IsWindows()) name += ".exe";
        return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists, "");
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning,
        Message = "ffmpeg and ffprobe were not found on the PATH: the frames of videos will not be looked at, and only exact copies of videos be found. Debian: apt install ffmpeg.", EventName = "FfmpegMissing")]
    private static partial void LogMissing(ILogger logger);
}
