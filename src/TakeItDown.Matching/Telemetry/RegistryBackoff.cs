using System.Security.Cryptography;

namespace TakeItDown.Matching.Telemetry;

/// <summary>How long to wait before a request is tried again: twice as long each time, and never as long as other clients do.</summary>
internal static class RegistryBackoff
{
    /// <summary>How often a request is tried before the refresh gives up; the next refresh goes on from the same page.</summary>
    public const int Attempts = 5;

    /// <summary>A registry that asks for a longer pause than this ends the refresh instead of holding it up.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>A registry that asks for a longer pause than this is asked again after it: nobody means to be left alone for years.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private const int BaseMilliseconds = 1000, LongestMilliseconds = 60_000, LongestRestMilliseconds = 30 * 60_000;

    /// <summary>The pause after a failed attempt, counted from 1: between half of the doubled time and all of it.</summary>
    public static TimeSpan After(int attempt) => Doubled(BaseMilliseconds, attempt, LongestMilliseconds);

    /// <summary>The pause after all attempts at something failed, for so many times in a row: likewise, from a minute to half an hour.</summary>
    public static TimeSpan AfterGivingUp(int times) => Doubled(LongestMilliseconds, times, LongestRestMilliseconds);

    private static TimeSpan Doubled(int first, int times, int longest)
    {
        var full = (int)Math.Min(longest, (long)first << Math.Min(times - 1, 10));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(full / 2, full + 1));
    }
}
