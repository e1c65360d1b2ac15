namespace TakeItDown.Matching.Hashing;

/// <summary>Lets some decodes run at a time, and a bounded number wait: each that waits holds an upload in memory or on disk.</summary>
internal sealed class DecodeQueue(int decodes) : IDisposable
{
    private const int WaitingPerDecode = 16;

    private readonly SemaphoreSlim _free = new(decodes);
    private readonly int _maximum = decodes * (1 + WaitingPerDecode);
    private int _inside;

    /// <summary>Waits for a turn; false at once if too many wait already. Every true is to be followed by <see cref="Leave"/>.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > _maximum)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }
        try
        {
            await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
    }

    public void Leave()
    {
        _free.Release();
        Interlocked.Decrement(ref _inside);
    }

    public void Dispose() => _free.Dispose();
}
