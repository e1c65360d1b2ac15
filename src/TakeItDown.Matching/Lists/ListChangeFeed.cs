using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Lists;

/// <summary>Tells of publications: at once to who waits for one, and in their order, apart from the refresh, to handlers.</summary>
internal sealed class ListChangeFeed(object sender, ILogger logger)
{
    private readonly Lock _gate = new();
    private Task _raised = Task.CompletedTask;
    private TaskCompletionSource _next = NewBell();

    public event EventHandler<ListChangedEventArgs>? Changed;

    /// <summary>Ends with the next publication, whether or not it changed a list.</summary>
    public Task Next
    {
        get
        {
            lock (_gate) return _next.Task;
        }
    }

    public void Tell(ListSnapshot? old, ListSnapshot snapshot)
    {
        TaskCompletionSource rung;
        lock (_gate)
        {
            (rung, _next) = (_next, NewBell());
            // The first is of a list that was not read yet.
            if (old is not null && !ReferenceEquals(old.Index, snapshot.Index))
            {
                var change = new ListChangedEventArgs(snapshot.Name, snapshot.Position, snapshot.Index.EntryCount, snapshot.CompleteThrough);
                _raised = _raised.ContinueWith(_ => Raise(change), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        rung.TrySetResult();
    }

    private void Raise(ListChangedEventArgs change)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                handler(sender, change);
            }
            catch (Exception e)
            {
                Log.HandlerFailed(logger, change.List, Failure.Trace(e));
            }
        }
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
