namespace TakeItDown.Matching.Registries;

/// <summary>
/// Notices that pages lead in a circle, or are the same for ever. It remembers one page at a time, for twice as long each time, so that a circle of
/// any length is seen after a few rounds.
/// </summary>
internal sealed class PageTrail
{
    /// <summary>A registry that sends more pages than this without coming to an end will not come to one: they are a hundred million entries.</summary>
    public const int LongestTrail = 100_000;

    private string? _next;
    private IReadOnlyList<ListEntry> _page = [];
    private int _steps, _patience = 1;

    /// <summary>Goes on to the next page.</summary>
    /// <param name="page">The entries of this page.</param>
    /// <param name="next">What names the next one.</param>
    /// <returns>False where either was met before.</returns>
    public bool Follow(IReadOnlyList<ListEntry> page, string next)
    {
        if (next == _next || (page.Count > 0 && IsSame(page, _page))) return false;
        if (++_steps == _patience) (_page, _next, _steps, _patience) = (page, next, 0, _patience * 2);
        return true;
    }

    /// <summary>Whether two pages hold the same entries in the same states.</summary>
    public static bool IsSame(IReadOnlyList<ListEntry> one, IReadOnlyList<ListEntry> other) =>
        one.Count == other.Count && one.Select(Version).SequenceEqual(other.Select(Version));

    private static (EntryKey, DateTimeOffset) Version(ListEntry entry) => (entry.Key, entry.Timestamp);
}
