namespace TakeItDown.Matching;

/// <summary>What has changed on a list since a position, or the first part of it.</summary>
/// <param name="Changes">The changes, in the order of their positions.</param>
/// <param name="Position">From where to go on: all that changed up to here is known. With no changes it is where the list stands.</param>
public sealed record ListNews(IReadOnlyList<EntryChange> Changes, long Position)
{
    /// <summary>The count, without the entries.</summary>
    public override string ToString() => $"ListNews({Changes?.Count} changes)";
}

/// <summary>An entry that was added or changed, or that was removed.</summary>
public readonly record struct EntryChange
{
    private readonly KeyDigest _removed;

    private EntryChange(long position, ListEntry? entry, KeyDigest removed) => (Position, Entry, _removed) = (position, entry, removed);

    /// <summary>The list's position from which on it is so.</summary>
    public long Position { get; }

    /// <summary>The entry as it is now; null where it was removed.</summary>
    public ListEntry? Entry { get; }

    /// <summary>What names the entry. Of one that was removed nothing else is kept: no hash, and no key, which a registry may have made of a hash.</summary>
    public KeyDigest Key => Entry is null ? _removed : KeyDigest.Of(Entry.Key);

    /// <summary>An entry that was added or changed.</summary>
    public static EntryChange Upserted(long position, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(position, entry, default);
    }

    /// <summary>An entry that was removed.</summary>
    public static EntryChange Removed(long position, KeyDigest key) => new(position, null, key);

    /// <summary>What happened, without the entry.</summary>
    public override string ToString() => Entry is null ? "EntryChange(removed)" : "EntryChange(upserted)";
}
