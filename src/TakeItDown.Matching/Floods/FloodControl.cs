using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Floods;

/// <summary>
/// Counts the uploads that each entry matches. One that matches far more of them than was to be expected may be a wrong one, a logo or
/// a blank page; or it may be spreading right now. Nobody but a person can tell, so that it is reported.
/// </summary>
/// <remarks>What is logged leaves out the entry: some registries name entries by their hashes. <see cref="IListManager.Lists"/> names it.</remarks>
internal sealed partial class FloodControl(MatchingInstruments instruments, TimeProvider time, ILogger<FloodControl> logger)
{
    /// <summary>The most entries that are counted at a time; far more than should ever match within a window.</summary>
    internal const int Capacity = 100_000;

    // To look through all of them takes milliseconds, in which every scan that has found something waits.
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string List, EntryKey Entry), Counted> _entries = [];
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _nextForget;

    /// <summary>How long this has been counting. No clock that is set right moves it, which would prolong a quarantine by as much.</summary>
    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Counts an upload that an entry matched, be the entry in quarantine or not.</summary>
    public void Count(string list, EntryKey entry, ListOptions options)
    {
        if (options.FloodLimit is not { } limit) return;
        var now = Now;
        lock (_lock)
        {
            if (!_entries.TryGetValue((list, entry), out var counted))
            {
                if (_entries.Count >= Capacity) Forget(now);
                if (_entries.Count >= Capacity) return;
                _entries.Add((list, entry), counted = new Counted());
            }
            if (now >= counted.WindowEnd) (counted.WindowEnd, counted.Uploads) = (now + options.FloodWindow, 0);
            if (++counted.Uploads <= limit) return;
            var isKnown = counted.IsFloodAt(now);
            counted.FloodEnd = now + options.FloodWindow;
            if (isKnown) return;
        }
        instruments.Flooded(list);
        if (options.QuarantineFloods) LogQuarantined(logger, list, limit, options.FloodWindow);
        else LogFlooded(logger, list, limit, options.FloodWindow);
    }

    /// <summary>Whether what the entry finds is to be set apart.</summary>
    public bool IsQuarantined(string list, EntryKey entry, ListOptions options)
    {
        if (!options.QuarantineFloods) return false;
        lock (_lock) return _entries.TryGetValue((list, entry), out var counted) && counted.IsFloodAt(Now);
    }

    /// <summary>The entries of a list that flood now.</summary>
    public IReadOnlyList<EntryFlood> Find(string list, ListOptions options)
    {
        var now = Now;
        lock (_lock)
        {
            return
            [
                .. _entries.Where(pair => pair.Key.List == list && pair.Value.IsFloodAt(now))
                    .Select(pair => new EntryFlood(pair.Key.Entry, pair.Value.Uploads, options.QuarantineFloods)),
            ];
        }
    }

    private void Forget(TimeSpan now)
    {
        if (now < _nextForget) return;
        _nextForget = now + ForgetInterval;
        foreach (var (key, counted) in _entries)
        {
            if (now >= counted.WindowEnd && !counted.IsFloodAt(now)) _entries.Remove(key);
        }
    }

    [LoggerMessage(201, LogLevel.Warning, "An entry of list '{List}' matched more than {Limit} uploads within {Window}; its matches go on to count. Its status names the entry: have a person look at it.", EventName = "EntryFlooded")]
    private static partial void LogFlooded(ILogger logger, string list, int limit, TimeSpan window);

    [LoggerMessage(202, LogLevel.Warning, "An entry of list '{List}' matched more than {Limit} uploads within {Window} and is in quarantine. Its status names the entry: have a person look at it.", EventName = "EntryQuarantined")]
    private static partial void LogQuarantined(ILogger logger, string list, int limit, TimeSpan window);

    /// <summary>What is known of an entry.</summary>
    private sealed class Counted
    {
        public TimeSpan WindowEnd { get; set; }

        public int Uploads { get; set; }

        /// <summary>A window after the last upload over the limit.</summary>
        public TimeSpan FloodEnd { get; set; }

        public bool IsFloodAt(TimeSpan now) => now < FloodEnd;
    }
}
