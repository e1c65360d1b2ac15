namespace TakeItDown.Matching.Tool.Output;

/// <summary>What scripts may rely on.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked was done.</summary>
    public const int Done = 0;

    /// <summary>Some input, or a part of a list, could not be hashed, scanned or read, or the results could not be written.</summary>
    public const int Incomplete = 1;

    /// <summary>The call made no sense, or nothing could be read of the list: nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Something matched, and <c>--fail-on-match</c> was given, whatever else could not be done: nothing may hide a match.</summary>
    public const int Match = 3;

    /// <summary>Stopped by Ctrl-C or a signal: what shells expect of a program that was.</summary>
    public const int Cancelled = 130;
}
