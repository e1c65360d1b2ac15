namespace TakeItDown.Matching.Storage;

/// <summary>The outbox. It is gone with the process, as the lists are, but nobody can bring it back.</summary>
internal sealed class InMemoryOutbox : IFeedbackOutbox
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string List, EntryKey Entry, HashKind Kind), Word> _words = [];
    private long _lastPlace;

    public ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_words.TryGetValue(KeyOf(feedback), out var known)) _words.Add(KeyOf(feedback), new Word(++_lastPlace, feedback, Sent: null));
            else if (!known.Says(feedback)) _words[KeyOf(feedback)] = new Word(known.Place, feedback, Sent: null);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var next = Waiting(list).Where(word => word.Place > after).MinBy(word => word.Place);
            return new(next is null ? null : new QueuedFeedback(next.Place, next.Feedback));
        }
    }

    public ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (FindWaiting(feedback) is { } word) _words[KeyOf(feedback)] = word with { Sent = time };
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (FindWaiting(feedback) is not null) _words.Remove(KeyOf(feedback));
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock) return new(Waiting(list).LongCount());
    }

    public ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var (key, word) in _words)
            {
                if (word.Sent < before) _words.Remove(key);
            }
        }
        return ValueTask.CompletedTask;
    }

    private static (string List, EntryKey Entry, HashKind Kind) KeyOf(EntryFeedback feedback) => (feedback.List, feedback.Entry, feedback.Kind);

    private IEnumerable<Word> Waiting(string list) => _words.Values.Where(word => word.Sent is null && word.Feedback.List == list);

    private Word? FindWaiting(EntryFeedback feedback) =>
        _words.TryGetValue(KeyOf(feedback), out var word) && word.Sent is null && word.Says(feedback) ? word : null;

    private sealed record Word(long Place, EntryFeedback Feedback, DateTimeOffset? Sent)
    {
        public bool Says(EntryFeedback other) => Feedback.Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);
    }
}
