using TakeItDown.Matching.Sqlite;

namespace TakeItDown.Matching;

/// <summary>The outbox, in the same file: feedback outlasts a crash and a power cut once it is put.</summary>
public sealed partial class SqliteListStore : IFeedbackOutbox
{
    /// <inheritdoc/>
    public ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) =>
        ChangeOutbox(outbox => outbox.Put(feedback), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(writer => writer.Outbox.FindNext(list, after)));
    }

    /// <inheritdoc/>
    public ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        ChangeOutbox(outbox => outbox.MarkSent(feedback, time), cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) =>
        ChangeOutbox(outbox => outbox.Remove(feedback), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(writer => writer.Outbox.Count(list)));
    }

    /// <inheritdoc/>
    public ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        ChangeOutbox(outbox => outbox.ForgetSent(before), cancellationToken);

    private ValueTask ChangeOutbox(Action<SqliteOutbox> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        UseRepaired(writer =>
        {
            change(writer.Outbox);
            return true;
        });
        return ValueTask.CompletedTask;
    }
}
