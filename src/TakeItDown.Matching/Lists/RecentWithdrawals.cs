namespace TakeItDown.Matching.Lists;

/// <summary>What was withdrawn from a list within one hour of the clock.</summary>
/// <param name="At">When the last of it was.</param>
/// <param name="Entries">How many entries the list had before the first of it, or more where it has grown meanwhile.</param>
/// <param name="Withdrawn">How many of them were withdrawn.</param>
internal sealed record WithdrawnInHour(DateTimeOffset At, long Entries, long Withdrawn);

/// <summary>
/// What was withdrawn from a list within 24 hours, and the most entries that it had then: half now, and half of the rest with the next refresh,
/// is more than half.
/// </summary>
/// <param name="Highest">The most entries.</param>
/// <param name="Withdrawn">How many were withdrawn.</param>
internal readonly record struct RecentWithdrawals(long Highest, long Withdrawn)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);

    /// <summary>How many more may be withdrawn before they are more than half.</summary>
    public long Rest => Math.Max((Highest / 2) - Withdrawn, 0);

    /// <summary>Adds up the hours.</summary>
    /// <param name="hours">The hours; null for none.</param>
    /// <param name="entries">How many entries the list has now.</param>
    /// <param name="now">Our clock.</param>
    public static RecentWithdrawals Of(IReadOnlyList<WithdrawnInHour>? hours, long entries, DateTimeOffset now)
    {
        var recent = new RecentWithdrawals(entries, 0);
        foreach (var hour in Within(hours, now)) recent = new RecentWithdrawals(Math.Max(recent.Highest, hour.Entries), recent.Withdrawn + hour.Withdrawn);
        return recent;
    }

    /// <summary>The hours with more entries that are withdrawn now, and without those that are long ago.</summary>
    public static IReadOnlyList<WithdrawnInHour> Add(IReadOnlyList<WithdrawnInHour>? hours, long entries, long withdrawn, DateTimeOffset now)
    {
        var kept = Within(hours, now).ToList();
        var hour = new WithdrawnInHour(now, entries, withdrawn);
        // Merged to the later time, so that nothing is forgotten before its day is over.
        if (kept.Count > 0 && kept[^1] is var last && HourOf(last.At) == HourOf(now))
            kept[^1] = new WithdrawnInHour(now, Math.Max(last.Entries, entries), last.Withdrawn + withdrawn);
        else kept.Add(hour);
        return kept;
    }

    private static IEnumerable<WithdrawnInHour> Within(IReadOnlyList<WithdrawnInHour>? hours, DateTimeOffset now) =>
        (hours ?? []).Where(hour => now - hour.At < Period && !ListSnapshot.IsAhead(hour.At, now));

    private static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;
}
