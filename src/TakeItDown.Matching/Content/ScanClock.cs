namespace TakeItDown.Matching.Content;

/// <summary>The time that a scan may take. It stands still while a batch waits for its turn.</summary>
internal sealed class ScanClock : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly TimeProvider _time;
    private TimeSpan _left;
    private long _since;

    public ScanClock(TimeSpan limit, TimeProvider time)
    {
        (_time, _left, _since) = (time, limit, time.GetTimestamp());
        _timeout = new CancellationTokenSource(limit, time);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _timeout.Token;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => _timeout.IsCancellationRequested;

    /// <summary>Stops counting.</summary>
    public void Stop()
    {
        _left -= _time.GetElapsedTime(_since);
        _timeout.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Goes on counting after <see cref="Stop"/>.</summary>
    public void Go()
    {
        _since = _time.GetTimestamp();
        _timeout.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }

    public void Dispose() => _timeout.Dispose();
}
