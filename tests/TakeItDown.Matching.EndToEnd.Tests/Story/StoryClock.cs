using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.EndToEnd.Tests.Registry;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>
/// The clock of a platform, which moves together with those of its registries. The short pauses before a request is tried again pass at once;
/// polls, ages and time limits wait until a test moves on.
/// </summary>
internal sealed class StoryClock(params RegistryHost[] registries) : FakeTimeProvider(RegistryHost.Start)
{
    /// <summary>More than a registry holds back, and less than anybody waits for.</summary>
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(20);

    private readonly Lock _moving = new();

    /// <summary>Lets everything settle that was just done at a registry.</summary>
    public void Settle() => Move(AMoment);

    public void Move(TimeSpan time)
    {
        lock (_moving)
        {
            foreach (var registry in registries) registry.Clock.Now += time;
            Advance(time);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < AMoment) ThreadPool.QueueUserWorkItem(_ => Move(dueTime));
        return timer;
    }
}
