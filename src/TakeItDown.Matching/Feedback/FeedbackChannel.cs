using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Feedback;

/// <summary>Carries the feedback of one list from the outbox to its registry, one at a time.</summary>
internal sealed class FeedbackChannel(IFeedbackSource source, IFeedbackOutbox outbox, MatchingInstruments instruments, TimeProvider time, ILogger logger)
{
    /// <summary>Registries change their reasons rarely, and a reviewer should not wait for them.</summary>
    private static readonly TimeSpan ReasonsAge = TimeSpan.FromHours(1);

    /// <summary>How long feedback that was sent keeps the same from being sent again.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    private static readonly TimeSpan ForgetInterval = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<HashKind, KnownReasons> _reasons = new();
    private volatile TaskCompletionSource _bell = NewBell();

    private DateTimeOffset _forgot = DateTimeOffset.MinValue;

    /// <summary>The place of the feedback that was tried last. It goes on from there, so that one that fails again and again holds up no other.</summary>
    private long _last;

    /// <summary>The kinds of hash that feedback can be given on.</summary>
    public HashKinds Kinds => source.Kinds;

    /// <summary>How many attempts failed since the last that did not.</summary>
    public int Failures { get; private set; }

    public async Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_reasons.TryGetValue(kind, out var known) && now - known.ReadAt < ReasonsAge) return known.Reasons;
        try
        {
            var reasons = await source.GetReasonsAsync(kind, cancellationToken).ConfigureAwait(false);
            _reasons[kind] = new KnownReasons(reasons, now);
            return reasons;
        }
        catch (ListSourceException e) when (known is not null)
        {
            Log.ReasonsOutdated(logger, source.Name, e.Message);
            return known.Reasons;
        }
    }

    /// <summary>Those of some reasons that the registry has; all of them where its reasons are not known.</summary>
    public string[] KnownAmong(string[] reasons, HashKind kind) =>
        _reasons.TryGetValue(kind, out var known) ? Array.FindAll(reasons, id => known.Reasons.Any(reason => reason.Id == id)) : reasons;

    public async Task PutAsync(EntryFeedback feedback, CancellationToken cancellationToken)
    {
        await outbox.PutAsync(feedback, cancellationToken).ConfigureAwait(false);
        _bell.TrySetResult();
    }

    /// <summary>Waits for feedback to be put here, or for a while: another process may have put one.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _bell.Task.WaitAsync(longest, time, cancellationToken);

    /// <summary>Sends what waits, until nothing does or an attempt fails; <see cref="Failures"/> then says how to go on.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        // Whatever is put from here on rings the new bell.
        _bell = NewBell();
        try
        {
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
            while (await FindNextAsync(cancellationToken).ConfigureAwait(false) is { } next)
            {
                _last = next.Place;
                await SendAsync(next.Feedback, cancellationToken).ConfigureAwait(false);
                Failures = 0;
            }
            Failures = 0;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Failures++;
            instruments.FeedbackEnded(source.Name, "failure");
            Log.FeedbackDelayed(logger, source.Name, Failure.Trace(e));
        }
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _forgot < ForgetInterval) return;
        await outbox.ForgetSentAsync(now - Memory, cancellationToken).ConfigureAwait(false);
        _forgot = now;
    }

    private async Task<QueuedFeedback?> FindNextAsync(CancellationToken cancellationToken)
    {
        instruments.FeedbackWaits(source.Name, await outbox.CountAsync(source.Name, cancellationToken).ConfigureAwait(false));
        return await outbox.FindNextAsync(source.Name, _last, cancellationToken).ConfigureAwait(false)
            ?? await outbox.FindNextAsync(source.Name, after: 0, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(EntryFeedback feedback, CancellationToken cancellationToken)
    {
        var answer = await source.SendAsync(feedback, cancellationToken).ConfigureAwait(false);
        // What is done is noted even if the host is stopping.
        if (answer.IsTaken)
        {
            await outbox.MarkSentAsync(feedback, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            instruments.FeedbackEnded(source.Name, "success");
            Log.FeedbackSent(logger, source.Name, feedback.Kind.ToName());
        }
        else
        {
            await outbox.RemoveAsync(feedback, CancellationToken.None).ConfigureAwait(false);
            instruments.FeedbackEnded(source.Name, "refused");
            Log.FeedbackRefused(logger, source.Name, feedback.Kind.ToName(), answer.Refusal);
        }
    }

    private sealed record KnownReasons(IReadOnlyList<FeedbackReason> Reasons, DateTimeOffset ReadAt);
}
