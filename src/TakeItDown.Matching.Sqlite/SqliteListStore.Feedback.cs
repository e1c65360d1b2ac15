using TakeItDown.Matching.Sqlite;

namespace TakeItDown.Matching;

/// <summary>The outbox, in the same file: feedback outlasts a crash and a power cut once it is put.</summary>
public sealed partial class SqliteListStore : IFeedbackOutbox
{
    ValueTask IFeedbackOutbox.PutAsync(EntryFeedback feedback, CancellationToken cancellationToken) =>
        ChangeOutbox(outbox => outbox.Put(feedback), cancellationToken);

    ValueTask<QueuedFeedback?> IFeedbackOutbox.FindNextAsync(string list, long after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(writer => writer.Outbox.FindNext(list, after)));
    }

    ValueTask IFeedbackOutbox.MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken) =>
        ChangeOutbox(outbox => outbox.MarkSent(feedback, time), cancellationToken);

    ValueTask IFeedbackOutbox.RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken) =>
        ChangeOutbox(outbox => outbox.Remove(feedback), cancellationToken);

    ValueTask<long> IFeedbackOutbox.CountAsync(string list, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(UseRepaired(writer => writer.Outbox.Count(list)));
    }

    ValueTask IFeedbackOutbox.ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
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
