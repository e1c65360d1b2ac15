namespace TakeItDown.Matching.Testing;

/// <summary>A place of one's own for each rule, and what is opened there.</summary>
internal sealed class Place<T>(Func<string, T> open) : IAsyncDisposable
{
    private readonly string _name = $"rule{Guid.NewGuid():N}";
    private readonly List<object> _opened = [];

    public T Open() => Open(_name);

    /// <summary>Opens a place beside this one.</summary>
    public T OpenAnother() => Open(_name + "b");

    /// <summary>Closes what is open and opens it again.</summary>
    public async Task<T> ReopenAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        return Open();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var each in _opened)
        {
            if (each is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (each as IDisposable)?.Dispose();
        }
        _opened.Clear();
    }

    private T Open(string name)
    {
        var opened = open(name);
        _opened.Add(opened!);
        return opened;
    }
}
