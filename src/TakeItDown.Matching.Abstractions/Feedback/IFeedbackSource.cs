namespace TakeItDown.Matching;

/// <summary>A registry that takes feedback on the entries of its list, through the registry's protocol.</summary>
public interface IFeedbackSource
{
    /// <summary>The name of the list: that of an <see cref="IListSource"/>.</summary>
    string Name { get; }

    /// <summary>The kinds of hash that it takes feedback on.</summary>
    HashKinds Kinds { get; }

    /// <summary>Reads the reasons for which an entry can be called wrong.</summary>
    /// <exception cref="ListSourceException">The registry could not be read; the text holds no secret and no hash.</exception>
    Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken = default);

    /// <summary>Sends feedback. The same may be sent twice, since a process may end before it has noted that it was sent.</summary>
    /// <returns>Whether the registry took it, or why it never will.</returns>
    /// <exception cref="ListSourceException">It could not be sent for now; the text holds no secret and no hash.</exception>
    Task<FeedbackAnswer> SendAsync(EntryFeedback feedback, CancellationToken cancellationToken = default);
}
