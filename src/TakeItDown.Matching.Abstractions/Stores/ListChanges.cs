namespace TakeItDown.Matching;

/// <summary>What a change altered in a store.</summary>
/// <param name="Upserts">Entries that were not there before, or not like this.</param>
/// <param name="Removals">Entries that were there and are no more.</param>
public readonly record struct ListChanges(long Upserts, long Removals)
{
    /// <summary>
    /// How many of <see cref="Upserts"/> differ from what was there in <see cref="ListEntry.Categories"/> and <see cref="ListEntry.Feedback"/> alone.
    /// Registries change these without telling, and a comparison counts no such entry as missed. A store that does not tell them apart leaves it 0.
    /// </summary>
    public long NotesOnly { get; init; }

    /// <summary>Whether anything changed.</summary>
    public bool Any => Upserts + Removals > 0;

    /// <summary>Both together.</summary>
    public static ListChanges operator +(ListChanges left, ListChanges right) => left.Add(right);

    /// <summary>Both together.</summary>
    public ListChanges Add(ListChanges other) => new(Upserts + other.Upserts, Removals + other.Removals) { NotesOnly = NotesOnly + other.NotesOnly };
}
