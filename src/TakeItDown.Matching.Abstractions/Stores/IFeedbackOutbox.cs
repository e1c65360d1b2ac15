namespace TakeItDown.Matching;

/// <summary>
/// Keeps feedback until it is sent, and for a while what was sent, so that it is not sent twice. It is registered as a
/// service of its own, also where it is the <see cref="IListStore"/>; beside a store of one's own without one, no feedback can be given. Its methods may be called from several threads.
/// </summary>
/// <remarks>
/// There is one feedback for each kind of hash of each entry of each list. Every method throws <see cref="ListStoreException"/> where the outbox
/// cannot be read or written.
/// </remarks>
public interface IFeedbackOutbox
{
    /// <summary>
    /// Queues feedback, replacing any earlier feedback on the same kind of hash of the same entry, sent or not. It changes nothing where that says the same.
    /// When it returns, the feedback outlasts whatever the store outlasts.
    /// </summary>
    ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default);

    /// <summary>The first feedback of a list, in the order of places, that waits; null if there is none.</summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="after">Only feedback with a greater place is looked at; 0 for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default);

    /// <summary>Notes when feedback was sent. It changes nothing where other feedback has replaced it since.</summary>
    ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Gives up on feedback that waits. It changes nothing where other feedback has replaced it since.</summary>
    ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default);

    /// <summary>How much feedback of a list waits.</summary>
    ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default);

    /// <summary>Forgets the feedback that was sent before an instant.</summary>
    ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}

/// <summary>Feedback that waits in an outbox.</summary>
/// <param name="Place">Where it stands, 1 or more: behind those that were put earlier, but where it took the place of one.</param>
/// <param name="Feedback">The feedback.</param>
public sealed record QueuedFeedback(long Place, EntryFeedback Feedback);
