namespace Registry.Faults;

/// <summary>Answers a request wrongly, with or without the help of what would have answered it rightly.</summary>
/// <param name="context">The request and the answer.</param>
/// <param name="serve">Answers as it should be.</param>
public delegate Task RegistryFault(HttpContext context, RequestDelegate serve);

/// <summary>
/// What a test wants to go wrong next. It works only where a test has registered one with the application's services; nothing reaches it
/// over HTTP.
/// </summary>
public sealed class RegistryFaults
{
    private readonly Lock _turn = new();
    private readonly List<(string Call, RegistryFault Fault)> _queue = [];

    /// <summary>Lets one request be answered as it should be: what is queued after it then meets a later one.</summary>
    public static RegistryFault None { get; } = (context, serve) => serve(context);

    /// <summary>How many requests are still to be answered wrongly.</summary>
    public int Pending
    {
        get
        {
            lock (_turn) return _queue.Count;
        }
    }

    /// <summary>Queues a fault.</summary>
    /// <param name="fault">What goes wrong; see <see cref="AnswerFaults"/> and <see cref="DocumentFaults"/>.</param>
    /// <param name="times">For how many requests.</param>
    /// <param name="call">How the path of those requests ends; reads of the list unless told.</param>
    public void Add(RegistryFault fault, int times = 1, string call = "/v2/entries")
    {
        lock (_turn) _queue.AddRange(Enumerable.Repeat((call, fault), times));
    }

    /// <summary>Forgets what is queued.</summary>
    public void Clear()
    {
        lock (_turn) _queue.Clear();
    }

    internal RegistryFault Take(PathString path)
    {
        lock (_turn)
        {
            var at = _queue.FindIndex(queued => path.Value!.EndsWith(queued.Call, StringComparison.Ordinal));
            if (at < 0) return None;
            var fault = _queue[at].Fault;
            _queue.RemoveAt(at);
            return fault;
        }
    }
}

internal static class FaultMiddleware
{
    public static void UseFaults(this WebApplication app, RegistryFaults faults) =>
        app.Use((context, next) => faults.Take(context.Request.Path)(context, next));
}
