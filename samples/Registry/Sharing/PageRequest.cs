namespace Registry.Sharing;

/// <summary>Which page of which window is asked for.</summary>
/// <param name="Window">The window.</param>
/// <param name="Start">The first sequence number that may be on the page.</param>
/// <param name="Size">The most entries on it.</param>
/// <param name="Max">The last sequence number of the window when its first page was read; null when this is the first.</param>
internal sealed record PageRequest(Window Window, long Start, int Size, long? Max);
