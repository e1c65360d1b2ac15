using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Syncing;

/// <summary>One list as uploads are compared with it.</summary>
/// <param name="Name">The name of the list.</param>
/// <param name="Index">Its hashes.</param>
/// <param name="CompleteThrough">The instant up to which it is complete; null if no complete copy was ever read.</param>
internal sealed record ListSnapshot(string Name, HashIndex Index, DateTimeOffset? CompleteThrough)
{
    /// <summary>How far the list can be trusted now.</summary>
    public ListFreshness FreshnessAt(DateTimeOffset now, TimeSpan maximumAge) =>
        CompleteThrough is not { } through ? ListFreshness.NeverSynced
        : now - through > maximumAge ? ListFreshness.Stale
        : ListFreshness.Fresh;
}
