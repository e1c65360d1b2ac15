namespace TakeItDown.Matching;

/// <summary>Uploads are compared with another state of a list than before.</summary>
/// <param name="list">The name of the list.</param>
/// <param name="position">See <see cref="Position"/>.</param>
/// <param name="entries">How many live entries it has now.</param>
/// <param name="completeThrough">The instant up to which it is complete.</param>
public sealed class ListChangedEventArgs(string list, long position, long entries, DateTimeOffset? completeThrough) : EventArgs
{
    /// <summary>The name of the list.</summary>
    public string List { get; } = list;

    /// <summary>
    /// Where the store stands with the list, see <see cref="StoredList.Position"/>: <see cref="IListStore.ReadNewsAsync"/> tells what changed since the position
    /// of an earlier event.
    /// </summary>
    public long Position { get; } = position;

    /// <summary>How many live entries uploads are compared with now.</summary>
    public long Entries { get; } = entries;

    /// <summary>The instant up to which the list is complete.</summary>
    public DateTimeOffset? CompleteThrough { get; } = completeThrough;
}
