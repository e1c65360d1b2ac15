namespace TakeItDown.Matching;

/// <summary>
/// What a store is told to write. It is applied whole or not at all: first <see cref="Upserts"/>, then <see cref="Removals"/>, then
/// <see cref="DropsBefore"/>. A key stands at most once in a change.
/// </summary>
public sealed class StoreChange
{
    /// <summary>
    /// The <see cref="StoredList.Position"/> that the store must hold for the change to be applied; 0 where it must hold no such list. So two processes
    /// cannot mix their changes, and the middle of a list is never added to a store that has lost its beginning.
    /// </summary>
    public required long Expected { get; init; }

    /// <summary>The generation that every entry of <see cref="Upserts"/> bears from now on, 1 or more; never lower than <see cref="StoredList.Generation"/>.</summary>
    public required long Generation { get; init; }

    /// <summary>Entries that are new, changed or seen again; an entry with a known key replaces the earlier one whole.</summary>
    public IReadOnlyList<ListEntry> Upserts { get; init; } = [];

    /// <summary>Entries that leave the list. Unknown keys are no error.</summary>
    public IReadOnlyList<StoreRemoval> Removals { get; init; } = [];

    /// <summary>Entries whose generation is lower than this one leave the list, too; 0 for none.</summary>
    public long DropsBefore { get; init; }

    /// <summary>Where reading goes on once the change is applied. Opaque to the store; it holds no secret.</summary>
    public required string Cursor { get; init; }

    /// <summary>Where not null, the list is complete up to this instant once the change is applied. Null leaves what was known.</summary>
    public DateTimeOffset? CompleteThrough { get; init; }
}

/// <summary>An entry that leaves a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Since">It leaves only where it bears this generation or a higher one.</param>
public readonly record struct StoreRemoval(EntryKey Key, long Since = 0)
{
    /// <summary>Without the key: some registries name entries by their hashes.</summary>
    public override string ToString() => $"StoreRemoval(since {Since})";
}

/// <summary>What became of a change.</summary>
/// <param name="Position">The list's position after it, see <see cref="StoredList.Position"/>.</param>
/// <param name="Changes">What it changed; a change whose entries are all known as they are changes nothing.</param>
public readonly record struct AppliedChange(long Position, ListChanges Changes);
