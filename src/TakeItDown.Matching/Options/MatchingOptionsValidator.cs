using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>Says at start what is wrong with the options, and what would be right.</summary>
internal sealed class MatchingOptionsValidator : IValidateOptions<MatchingOptions>
{
    public ValidateOptionsResult Validate(string? name, MatchingOptions options)
    {
        var failures = new List<string>();
        Require(options.PdqDistance is >= 0 and <= PdqHash.BitCount, "PdqDistance must be 0 to 256 bits; 31 is recommended.");
        Require(options.MinimumQuality is >= 0 and <= 100, "MinimumQuality must be 0 to 100; 50 is recommended.");
        Require(
            (options.ReportOnly & ~(MatchWays.Turned | MatchWays.FurtherPages | MatchWays.Backgrounds)) == MatchWays.None,
            "ReportOnly must name Turned, FurtherPages or Backgrounds, and nothing else; to try a whole list, set the Mode of its ListOptions.");
        Require(options.MaximumBytes > 0, "MaximumBytes must be positive.");
        Require(options.MaximumPixels > 0, "MaximumPixels must be positive.");
        Require(options.MaximumDecodeBytes > 0, "MaximumDecodeBytes must be positive.");
        Require(options.MaximumScanTime > TimeSpan.Zero && options.MaximumScanTime < TimeSpan.FromDays(1), "MaximumScanTime must be positive and under a day.");
        Require(options.BufferBytes is >= 4096 and <= 1 << 30, "BufferBytes must be 4 KiB to 1 GiB.");
        Require(Directory.Exists(options.TemporaryDirectory), "TemporaryDirectory must be an existing directory that the process can write to.");
        Require(options.MaximumDecodes is >= 1 and <= 10_000, "MaximumDecodes must be 1 to 10000.");
        Require(Enum.IsDefined(options.Libvips), "Libvips must be Automatic, System or Application.");
        Require(
            options.FrameInterval >= TimeSpan.FromMilliseconds(40) && options.FrameInterval <= TimeSpan.FromHours(1),
            "FrameInterval must be 40 ms to an hour; one second is what listed videos are hashed with.");
        Require(options.MinimumQueryShare is > 0 and <= 1, "MinimumQueryShare must be above 0 and at most 1; 0.8 is recommended.");
        Require(options.MinimumListedShare is > 0 and <= 1, "MinimumListedShare must be above 0 and at most 1; 0.8 is recommended.");
        Require(options.MaximumVideoPixels > 0, "MaximumVideoPixels must be positive.");
        Require(
            options.MaximumVideoDuration > TimeSpan.Zero && options.MaximumVideoDuration <= TimeSpan.FromDays(1),
            "MaximumVideoDuration must be positive and at most a day.");
        Require(options.MaximumVideoTime > TimeSpan.Zero && options.MaximumVideoTime <= TimeSpan.FromDays(1), "MaximumVideoTime must be positive and at most a day.");
        Require(options.MaximumVideos is >= 1 and <= 10_000, "MaximumVideos must be 1 to 10000.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string message)
        {
            if (!holds) failures.Add($"{nameof(MatchingOptions)}.{message}");
        }
    }
}
