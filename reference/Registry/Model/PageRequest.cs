namespace Registry.Model;

/// <summary>Which page of which window is asked for: the first, or, where <paramref name="Place"/> says so, a later one.</summary>
internal sealed record PageRequest(Window Window, int Size, PagePlace? Place)
{
    /// <summary>The number, within the window, of the first entry of the page.</summary>
    public long Start => Place?.Start ?? 1;
}

/// <summary>Where a page stands in its window: by number, as the protocol counts, and by sequence, which stays put when entries leave the window.</summary>
/// <param name="Start">The number of the page's first entry, from 1.</param>
/// <param name="Max">How many entries the window held when its first page was read.</param>
/// <param name="Sequence">The least sequence on the page.</param>
/// <param name="Last">The greatest sequence in the window when its first page was read.</param>
internal readonly record struct PagePlace(long Start, long Max, long Sequence, long Last);

/// <summary>A span of time, in Unix seconds: after <paramref name="After"/>, until <paramref name="Until"/> and including it.</summary>
internal readonly record struct Window(long After, long Until);
