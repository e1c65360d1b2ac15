namespace TakeItDown.Matching;

/// <summary>
/// Keeps feedback until it is sent, and for a while what was sent, so that it is not sent twice. It is registered as a
/// service of its own, also where it is the <see cref="IListStore"/>; beside a store of one's own without one, no feedback can be given. Its methods may be called from several threads.
/// </summary>
/// <remarks>
/// There is one word for each kind of hash of each entry of each list. Every method throws <see cref="ListStoreException"/> where the outbox
/// cannot be read or written.
/// </remarks>
public interface IFeedbackOutbox
{
    /// <summary>
    /// Keeps a word that waits to be sent, in the place of an earlier one, sent or not. It changes nothing where the earlier one says the same.
    /// When it returns, the word outlasts whatever the store outlasts.
    /// </summary>
    ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default);

    /// <summary>The first word of a list, in the order of their places, that waits; null if there is none.</summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="after">Only words with a greater place are looked at; 0 for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default);

    /// <summary>Notes when a word was sent. It changes nothing where another word has taken its place since.</summary>
    ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Gives up on a word that waits. It changes nothing where another word has taken its place since.</summary>
    ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default);

    /// <summary>How many words of a list wait.</summary>
    ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>Forgets the words that were sent before an instant.</summary>
    ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}

/// <summary>A word that waits in an outbox.</summary>
/// <param name="Place">Where it stands, 1 or more: behind those that were put earlier, but where it took the place of one.</param>
/// <param name="Feedback">The word.</param>
public sealed record QueuedFeedback(long Place, EntryFeedback Feedback);
