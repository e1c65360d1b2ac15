using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Feedback;

/// <summary>Checks what a reviewer says, and puts it into the outbox.</summary>
internal sealed class ListFeedback : IListFeedback
{
    /// <summary>No registry's ids are nearly as long.</summary>
    private const int IdLimit = 256;

    private const int ReasonLimit = 64;

    private readonly FrozenSet<string> _lists;
    private readonly IFeedbackOutbox? _outbox;
    private readonly FrozenDictionary<string, FeedbackChannel> _channels;

    public ListFeedback(
        IEnumerable<IListSource> lists, IEnumerable<IFeedbackSource> sources, IListStore store, IFeedbackOutbox outbox, MatchingInstruments instruments,
        TimeProvider time, ILogger<ListFeedback> logger)
    {
        _lists = lists.Select(list => list.Name).ToFrozenSet(StringComparer.Ordinal);
        if (store is IFeedbackOutbox && !ReferenceEquals(store, outbox))
        {
            throw new InvalidOperationException(
                $"The list store {store.GetType().Name} is an {nameof(IFeedbackOutbox)}, but another one is registered: register the store as the {nameof(IFeedbackOutbox)}, too.");
        }
        // Feedback that a reviewer gave for a list that outlasts the process must outlast it, too.
        _outbox = outbox is InMemoryOutbox && store is not InMemoryListStore ? null : outbox;
        _channels = (_outbox is null ? [] : sources).ToFrozenDictionary(
            source => source.Name, source => new FeedbackChannel(source, _outbox!, instruments, time, logger), StringComparer.Ordinal);
    }

    /// <summary>One for each list whose registry takes feedback.</summary>
    public IEnumerable<FeedbackChannel> Channels => _channels.Values;

    public bool Supports(string list, HashKind kind) => _channels.TryGetValue(list, out var channel) && channel.Kinds.Contains(kind);

    public Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(string list, HashKind kind, CancellationToken cancellationToken = default) =>
        Find(list, kind).GetReasonsAsync(kind, cancellationToken);

    public Task AffirmAsync(Match match, CancellationToken cancellationToken = default) => PutAsync(match, [], cancellationToken);

    public Task DisputeAsync(Match match, IEnumerable<string> reasonIds, CancellationToken cancellationToken = default) =>
        PutAsync(match, CheckReasons(reasonIds), cancellationToken);

    public Task<IReadOnlyList<FeedbackReceipt>> AffirmAsync(ScanResult result, CancellationToken cancellationToken = default) =>
        PutAllAsync(result, [], cancellationToken);

    public Task<IReadOnlyList<FeedbackReceipt>> DisputeAsync(ScanResult result, IEnumerable<string> reasonIds, CancellationToken cancellationToken = default) =>
        PutAllAsync(result, CheckReasons(reasonIds), cancellationToken);

    private static string[] CheckReasons(IEnumerable<string> reasonIds)
    {
        ArgumentNullException.ThrowIfNull(reasonIds);
        string[] reasons = [.. reasonIds.Distinct(StringComparer.Ordinal).Take(ReasonLimit + 1).Order(StringComparer.Ordinal)];
        if (reasons.Length is 0 or > ReasonLimit) throw new ArgumentException($"An entry is disputed for 1 to {ReasonLimit} reasons.", nameof(reasonIds));
        if (!reasons.All(FeedbackReason.IsId)) throw new ArgumentException("A reason's id is 1 to 64 letters, digits and hyphens.", nameof(reasonIds));
        return reasons;
    }

    private async Task<IReadOnlyList<FeedbackReceipt>> PutAllAsync(ScanResult result, string[] reasons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var receipts = new List<FeedbackReceipt>(result.Matches.Count + result.Quarantined.Count);
        foreach (var match in result.Matches.Concat(result.Quarantined))
        {
            var outcome = await TryPutAsync(match, reasons, cancellationToken).ConfigureAwait(false);
            receipts.Add(new FeedbackReceipt { List = match.List, Entry = match.Key, Kind = match.Kind, Outcome = outcome });
        }
        return receipts;
    }

    /// <summary>What cannot be kept is an answer here: a result holds matches of every kind, and of several lists.</summary>
    private async Task<FeedbackOutcome> TryPutAsync(Match match, string[] reasons, CancellationToken cancellationToken)
    {
        if (!_lists.Contains(match.List)) return FeedbackOutcome.NotRegistered;
        if (!Supports(match.List, match.Kind) || !IsEntryId(match.Member) || !IsEntryId(match.Entry)) return FeedbackOutcome.NotSupported;
        var known = _channels[match.List].KnownAmong(reasons, match.Kind);
        if (known.Length == 0 && reasons.Length > 0) return FeedbackOutcome.UnknownReason;
        await PutAsync(match, known, cancellationToken).ConfigureAwait(false);
        return FeedbackOutcome.Kept;
    }

    private Task PutAsync(Match match, string[] reasons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(match);
        if (!IsEntryId(match.Member) || !IsEntryId(match.Entry))
            throw new ArgumentException($"The match names no entry: its member and its entry are 1 to {IdLimit} characters.", nameof(match));
        var feedback = new EntryFeedback { List = match.List, Entry = match.Key, Kind = match.Kind, Reasons = reasons };
        return Find(match.List, match.Kind).PutAsync(feedback, cancellationToken);
    }

    private FeedbackChannel Find(string list, HashKind kind)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (!_lists.Contains(list)) throw new ArgumentException($"No list is registered under the name '{list}'.", nameof(list));
        if (_outbox is null) throw new NotSupportedException($"Feedback on the list '{list}' cannot be kept: no {nameof(IFeedbackOutbox)} is registered beside the list store.");
        if (!_channels.TryGetValue(list, out var channel)) throw new NotSupportedException($"The registry of the list '{list}' takes no feedback.");
        return channel.Kinds.Contains(kind) ? channel : throw new NotSupportedException($"The registry of the list '{list}' takes no feedback on {kind.ToName()}.");
    }

    private static bool IsEntryId(string? id) => id is { Length: <= IdLimit } && !string.IsNullOrWhiteSpace(id);
}
