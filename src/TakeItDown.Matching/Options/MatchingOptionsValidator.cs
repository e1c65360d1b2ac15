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
        Require(options.Decoding.MaximumPixels > 0, "Decoding.MaximumPixels must be positive.");
        Require(options.Decoding.MaximumDecodeBytes > 0, "Decoding.MaximumDecodeBytes must be positive.");
        Require(options.MaximumScanTime > TimeSpan.Zero && options.MaximumScanTime < TimeSpan.FromDays(1), "MaximumScanTime must be positive and under a day.");
        Require(options.BufferBytes is >= 4096 and <= 1 << 30, "BufferBytes must be 4 KiB to 1 GiB.");
        Require(Directory.Exists(options.TemporaryDirectory), "TemporaryDirectory must be an existing directory that the process can write to.");
        Require(options.Decoding.MaximumDecodes is >= 1 and <= 10_000, "Decoding.MaximumDecodes must be 1 to 10000.");
        Require(Enum.IsDefined(options.Decoding.Libvips), "Decoding.Libvips must be Automatic, System or Application.");
        Require(
            options.Video.FrameInterval >= TimeSpan.FromMilliseconds(40) && options.Video.FrameInterval <= TimeSpan.FromHours(1),
            "Video.FrameInterval must be 40 ms to an hour; one second is what listed videos are hashed with.");
        Require(options.Video.MinimumQueryShare is > 0 and <= 1, "Video.MinimumQueryShare must be above 0 and at most 1; 0.8 is recommended.");
        Require(options.Video.MinimumListedShare is > 0 and <= 1, "Video.MinimumListedShare must be above 0 and at most 1; 0.8 is recommended.");
        Require(options.Video.MaximumPixels > 0, "Video.MaximumPixels must be positive.");
        Require(
            options.Video.MaximumDuration > TimeSpan.Zero && options.Video.MaximumDuration <= TimeSpan.FromDays(1),
            "Video.MaximumDuration must be positive and at most a day.");
        Require(options.Video.MaximumTime > TimeSpan.Zero && options.Video.MaximumTime <= TimeSpan.FromDays(1), "Video.MaximumTime must be positive and at most a day.");
        Require(options.Video.MaximumDecodes is >= 1 and <= 10_000, "Video.MaximumDecodes must be 1 to 10000.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool holds, string message)
        {
            if (!holds) failures.Add($"{nameof(MatchingOptions)}.{message}");
        }
    }
}
