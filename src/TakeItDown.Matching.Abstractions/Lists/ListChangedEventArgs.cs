namespace TakeItDown.Matching;

/// <summary>Uploads are compared with another state of a list than before.</summary>
/// <param name="list">The name of the list.</param>
/// <param name="generation">See <see cref="Generation"/>.</param>
/// <param name="entries">How many live entries it has now.</param>
/// <param name="completeThrough">The instant up to which it is complete.</param>
public sealed class ListChangedEventArgs(string list, long generation, long entries, DateTimeOffset? completeThrough) : EventArgs
{
    /// <summary>The name of the list.</summary>
    public string List { get; } = list;

    /// <summary>The number of the state, 1 or more, which grows with every change in this process. It tells which of two events is the later one.</summary>
    public long Generation { get; } = generation;

    /// <summary>How many live entries uploads are compared with now.</summary>
    public long Entries { get; } = entries;

    /// <summary>The instant up to which the list is complete.</summary>
    public DateTimeOffset? CompleteThrough { get; } = completeThrough;
}
