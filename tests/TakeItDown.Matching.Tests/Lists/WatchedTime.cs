using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>Tells when somebody begins to wait.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>();

    public Task<TimeSpan> NextPauseAsync() => _pauses.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _pauses.Writer.TryWrite(dueTime);
        return timer;
    }
}
