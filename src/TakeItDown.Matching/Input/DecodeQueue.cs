namespace TakeItDown.Matching.Input;

/// <summary>
/// Lets some decodes run at a time. Uploads wait in a bounded number: each holds content in memory or on disk. Batches wait in any number, as many as
/// their caller starts, and get a turn only while no upload waits for one.
/// </summary>
internal sealed class DecodeQueue(int decodes)
{
    private const int WaitingPerDecode = 16;

    private readonly Lock _lock = new();
    private readonly int _maximumUploads = decodes * WaitingPerDecode;
    private readonly LinkedList<TaskCompletionSource<bool>> _uploads = [], _batches = [];

    /// <summary>Turns that nobody has; while there are any, nobody waits.</summary>
    private int _free = decodes;

    /// <summary>Waits for a turn. Every true is to be followed by <see cref="Leave"/>.</summary>
    /// <param name="isBatch">Whether to wait behind every upload, however many wait.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Whether it is the caller's turn; false, at once, if too many uploads wait already.</returns>
    public ValueTask<bool> EnterAsync(bool isBatch, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        LinkedListNode<TaskCompletionSource<bool>> place;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return ValueTask.FromResult(true);
            }
            if (!isBatch && _uploads.Count >= _maximumUploads) return ValueTask.FromResult(false);
            // Whoever gets a turn goes on in a thread of its own, not in the one that has just left.
            var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            place = (isBatch ? _batches : _uploads).AddLast(turn);
        }
        return new ValueTask<bool>(WaitAsync(place, cancellationToken));
    }

    /// <summary>Hands the turn on: to the upload that has waited longest or, where none waits, to the batch that has.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            var next = _uploads.First ?? _batches.First;
            if (next is null)
            {
                _free++;
                return;
            }
            next.List!.Remove(next);
            next.Value.SetResult(true);
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource<bool>> place, CancellationToken cancellationToken)
    {
        using var giveUp = cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), state: null);
        return await place.Value.Task.ConfigureAwait(false);
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<bool>> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Without a list it has its turn already, and will give that back.
            if (place.List is not { } line) return;
            line.Remove(place);
            place.Value.SetCanceled(cancellationToken);
        }
    }
}
