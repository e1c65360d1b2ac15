using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Registries;

/// <summary>What is known of a registry's clock.</summary>
internal sealed class RegistryClock(string name, TimeProvider time, ILogger logger)
{
    /// <summary>A difference between the clocks that an operator should know of, since freshness is told by ours.</summary>
    public static readonly TimeSpan NotableSkew = TimeSpan.FromMinutes(5);

    /// <summary>A clock that is further off than this tells nothing.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromDays(366);

    /// <summary>What the registry's clock is ahead of ours; null before it told.</summary>
    public TimeSpan? Skew { get; set; }

    /// <summary>Whether clocks may differ by so much, if that is known.</summary>
    public static bool IsPlausible(TimeSpan? skew) => skew is null || (-LargestSkew <= skew && skew <= LargestSkew);

    /// <summary>Learns what the registry's clock says now.</summary>
    public void Set(DateTimeOffset now)
    {
        var skew = now - time.GetUtcNow();
        if (skew.Duration() >= NotableSkew && !(Skew?.Duration() >= NotableSkew)) Log.ClockSkewed(logger, name, skew);
        Skew = skew;
    }
}
