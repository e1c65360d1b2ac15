using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Lists;

/// <summary>One list as uploads are compared with it.</summary>
/// <param name="Name">The name of the list.</param>
/// <param name="Index">Its hashes.</param>
/// <param name="CompleteThrough">The instant up to which it is complete; null if no complete copy was ever read.</param>
internal sealed record ListSnapshot(string Name, HashIndex Index, DateTimeOffset? CompleteThrough)
{
    /// <summary>The store's position that it was built from; 0 where no store was read.</summary>
    public long Position { get; init; }

    /// <summary>What our clock may have been set back by without making times from before doubtful.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether a time that our clock has told before is in its future now, so that nothing can be counted from it.</summary>
    public static bool IsAhead(DateTimeOffset time, DateTimeOffset now) => time - now > ClockTolerance;

    /// <summary>How far the list can be trusted now.</summary>
    public ListFreshness FreshnessAt(DateTimeOffset now, TimeSpan maximumAge) =>
        CompleteThrough is not { } through ? ListFreshness.NeverSynced
        : now - through > maximumAge || IsAhead(through, now) ? ListFreshness.Stale
        : ListFreshness.Fresh;
}
