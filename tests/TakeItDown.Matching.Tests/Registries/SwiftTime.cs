using System.Collections.Concurrent;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>
/// A clock for retries: whoever waits is woken at once, and the clock has moved by as much. Only the time limit of a request is
/// held back, until a test lets it pass.
/// </summary>
internal sealed class SwiftTime : TimeProvider
{
    private static readonly TimeSpan RequestTimeout = TakeItDown.Matching.Registries.RegistryClient.RequestTimeout;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Alarm, byte> _requests = new();
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What was waited for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public void Advance(TimeSpan time)
    {
        lock (_lock) _now += time;
    }

    /// <summary>Lets the time limit of every running request pass.</summary>
    public void ExpireRequests()
    {
        foreach (var request in _requests.Keys) request.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        if (dueTime == RequestTimeout) _requests.TryAdd(alarm, 0);
        else if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Pauses.Enqueue(dueTime);
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => alarm.Ring());
        }
        return alarm;
    }

    private sealed class Alarm(SwiftTime owner, Action ring) : ITimer
    {
        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => owner._requests.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
