namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>An outbox as a partner would write one.</summary>
internal sealed class PartnerOutbox : IFeedbackOutbox
{
    private readonly Lock _lock = new();
    private readonly List<Word> _words = [];
    private long _last;

    public ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) => Do(() =>
    {
        var known = _words.Find(word => word.IsOn(feedback));
        if (known is null) _words.Add(new Word(++_last, feedback, null));
        else if (!known.Says(feedback)) _words[_words.IndexOf(known)] = new Word(known.Place, feedback, null);
    });

    public ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var next = _words.Where(word => word.Sent is null && word.Feedback.List == list && word.Place > after).MinBy(word => word.Place);
            return ValueTask.FromResult(next is null ? null : new QueuedFeedback(next.Place, next.Feedback));
        }
    }

    public ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default) => Do(() =>
    {
        if (_words.Find(word => word.Sent is null && word.Says(feedback)) is { } word) _words[_words.IndexOf(word)] = word with { Sent = time };
    });

    public ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) => Do(() => _words.RemoveAll(word => word.Sent is null && word.Says(feedback)));

    public ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default)
    {
        lock (_lock) return new(_words.LongCount(word => word.Sent is null && word.Feedback.List == list));
    }

    public ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default) => Do(() => _words.RemoveAll(word => word.Sent < before));

    private ValueTask Do(Action action)
    {
        lock (_lock) action();
        return ValueTask.CompletedTask;
    }

    private sealed record Word(long Place, EntryFeedback Feedback, DateTimeOffset? Sent)
    {
        public bool IsOn(EntryFeedback other) => (Feedback.List, Feedback.Entry, Feedback.Kind) == (other.List, other.Entry, other.Kind);

        public bool Says(EntryFeedback other) => IsOn(other) && Feedback.Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);
    }
}

/// <summary>An outbox in which one thing is wrong.</summary>
internal sealed class OutboxDouble(PartnerOutbox inner) : IFeedbackOutbox
{
    public Func<PartnerOutbox, EntryFeedback, ValueTask>? Put { get; init; }

    public Func<PartnerOutbox, string, long, ValueTask<QueuedFeedback?>>? Found { get; init; }

    public Func<PartnerOutbox, EntryFeedback, DateTimeOffset, ValueTask>? Sent { get; init; }

    public Func<PartnerOutbox, EntryFeedback, ValueTask>? Removed { get; init; }

    public Func<PartnerOutbox, string, ValueTask<long>>? Counted { get; init; }

    public Func<PartnerOutbox, DateTimeOffset, ValueTask>? Forgot { get; init; }

    public ValueTask PutAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) => Put?.Invoke(inner, feedback) ?? inner.PutAsync(feedback, cancellationToken);

    public ValueTask<QueuedFeedback?> FindNextAsync(string list, long after, CancellationToken cancellationToken = default) =>
        Found?.Invoke(inner, list, after) ?? inner.FindNextAsync(list, after, cancellationToken);

    public ValueTask MarkSentAsync(EntryFeedback feedback, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        Sent?.Invoke(inner, feedback, time) ?? inner.MarkSentAsync(feedback, time, cancellationToken);

    public ValueTask RemoveAsync(EntryFeedback feedback, CancellationToken cancellationToken = default) => Removed?.Invoke(inner, feedback) ?? inner.RemoveAsync(feedback, cancellationToken);

    public ValueTask<long> CountAsync(string list, CancellationToken cancellationToken = default) => Counted?.Invoke(inner, list) ?? inner.CountAsync(list, cancellationToken);

    public ValueTask ForgetSentAsync(DateTimeOffset before, CancellationToken cancellationToken = default) => Forgot?.Invoke(inner, before) ?? inner.ForgetSentAsync(before, cancellationToken);
}

/// <summary>For each rule an outbox that breaks it, and no other.</summary>
internal static class OutboxDoubles
{
    private const string Alias = "\u0001";

    public static Dictionary<string, Func<IFeedbackOutbox>> All { get; } = new()
    {
        ["words"] = () => new OutboxDouble(new()) { Found = async (inner, list, after) => await inner.FindNextAsync(list, after) is { } next ? next with { Feedback = Copy(next.Feedback, next.Feedback.Reasons.Take(1)) } : null },
        ["order"] = () => new OutboxDouble(new()) { Found = Sorted },
        ["replace"] = () => new OutboxDouble(new()) { Put = AddingAsync, Found = async (inner, list, after) => await inner.FindNextAsync(list, after) is { } next ? next with { Feedback = Original(next.Feedback) } : null },
        ["speak-again"] = SpeakingOnce,
        ["sent-other"] = () => new OutboxDouble(new()) { Sent = async (inner, word, time) => await inner.MarkSentAsync(await WaitingAsync(inner, word) ?? word, time) },
        ["remove"] = () => new OutboxDouble(new()) { Removed = (inner, word) => inner.MarkSentAsync(word, DateTimeOffset.MaxValue) },
        ["remove-other"] = () => new OutboxDouble(new()) { Removed = async (inner, word) => await inner.RemoveAsync(await WaitingAsync(inner, word) ?? word) },
        ["count"] = () => new OutboxDouble(new()) { Counted = async (inner, list) => await inner.CountAsync(list) + 1 },
        ["forget"] = () => new OutboxDouble(new()) { Forgot = (inner, before) => inner.ForgetSentAsync(before.AddTicks(1)) },
        ["lists-apart"] = () => new OutboxDouble(new()) { Found = (inner, list, after) => inner.FindNextAsync(list == "never" ? "list" : list, after) },
    };

    private static EntryFeedback Copy(EntryFeedback word, IEnumerable<string> reasons, string? id = null) =>
        new() { List = word.List, Entry = word.Entry with { Id = id ?? word.Entry.Id }, Kind = word.Kind, Reasons = [.. reasons] };

    private static EntryFeedback Original(EntryFeedback word) => Copy(word, word.Reasons, word.Entry.Id.TrimEnd(Alias[0]));

    private static async Task<List<EntryFeedback>> WaitingAsync(PartnerOutbox inner, string list)
    {
        var words = new List<EntryFeedback>();
        for (var next = await inner.FindNextAsync(list, 0); next is not null; next = await inner.FindNextAsync(list, next.Place)) words.Add(next.Feedback);
        return words;
    }

    private static async Task<EntryFeedback?> WaitingAsync(PartnerOutbox inner, EntryFeedback like) =>
        (await WaitingAsync(inner, like.List)).Find(word => (word.Entry, word.Kind) == (like.Entry, like.Kind));

    /// <summary>Finds words in the order of their entries.</summary>
    private static async ValueTask<QueuedFeedback?> Sorted(PartnerOutbox inner, string list, long after)
    {
        var words = (await WaitingAsync(inner, list)).OrderBy(word => word.Entry.Id, StringComparer.Ordinal).ToList();
        return after < words.Count ? new QueuedFeedback(after + 1, words[(int)after]) : null;
    }

    /// <summary>Puts a later word behind the one that waits.</summary>
    private static async ValueTask AddingAsync(PartnerOutbox inner, EntryFeedback word)
    {
        var waiting = await WaitingAsync(inner, word);
        var isOther = waiting is not null && !waiting.Reasons.SequenceEqual(word.Reasons, StringComparer.Ordinal);
        await inner.PutAsync(isOther ? Copy(word, word.Reasons, word.Entry.Id + Alias) : word);
    }

    /// <summary>Takes no other word on what was sent.</summary>
    private static OutboxDouble SpeakingOnce()
    {
        var sent = new HashSet<EntryKey>();
        return new OutboxDouble(new())
        {
            Put = (inner, word) => sent.Contains(word.Entry) ? ValueTask.CompletedTask : inner.PutAsync(word),
            Sent = (inner, word, time) =>
            {
                sent.Add(word.Entry);
                return inner.MarkSentAsync(word, time);
            },
            Forgot = (inner, before) =>
            {
                sent.Clear();
                return inner.ForgetSentAsync(before);
            },
        };
    }
}
