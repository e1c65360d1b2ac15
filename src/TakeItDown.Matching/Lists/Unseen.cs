namespace TakeItDown.Matching.Lists;

/// <summary>How many entries a reading from the beginning has not brought.</summary>
/// <param name="Entries">How many are of an earlier generation than the list.</param>
/// <param name="Twice">How many of these are of one before the last: the reading before had not brought them either.</param>
internal readonly record struct Unseen(long Entries, long Twice)
{
    public static async ValueTask<Unseen> CountAsync(IListStore store, string list, long generation, CancellationToken cancellationToken)
    {
        var entries = await store.CountBeforeAsync(list, generation, cancellationToken).ConfigureAwait(false);
        var twice = entries == 0 ? 0 : await store.CountBeforeAsync(list, generation - 1, cancellationToken).ConfigureAwait(false);
        return new Unseen(entries, twice);
    }

    /// <summary>How many of them go.</summary>
    public long Gone(UnseenEntries which) => which switch
    {
        UnseenEntries.Dropped => Entries,
        UnseenEntries.DroppedIfTwice => Twice,
        _ => 0,
    };
}

/// <summary>What becomes of entries that a list was read from its beginning without.</summary>
internal enum UnseenEntries
{
    /// <summary>All of them stay.</summary>
    Kept = 0,

    /// <summary>Those are gone that the reading before had not brought either: one reading may overlook an entry that moves meanwhile.</summary>
    DroppedIfTwice,

    /// <summary>All of them are gone.</summary>
    Dropped,
}
