namespace TakeItDown.Matching;

/// <summary>What one scan should do differently from the others.</summary>
public sealed class ScanOptions
{
    /// <summary>
    /// Whether the first match ends the scan: an upload handler needs one reason, and a file whose digest is listed need not be
    /// decoded. False lists every match, for a reviewer or a survey.
    /// </summary>
    /// <value>The default is true.</value>
    public bool StopAtFirstMatch { get; init; } = true;

    /// <summary>
    /// Whether the scan waits for a turn to decode, however many wait, and lets every upload go first. Otherwise an upload is answered
    /// <see cref="ScanReason.Busy"/> where too many wait. True is for a batch, such as a backfill: its scans wait, each with its content in memory or in a
    /// temporary file, in the number that the caller starts at a time. The time limits do not count the wait, and
    /// <c>ListOptions.FloodLimit</c> does not count its matches: they are no uploads.
    /// </summary>
    /// <value>The default is false.</value>
    public bool WaitForTurn { get; init; }

    /// <summary>Told, from another thread, how far into a video the scan has come; null for nobody.</summary>
    public IProgress<VideoProgress>? Progress { get; init; }

    /// <summary>
    /// Given what was scanned, with the verdict, before the scan lets go of it; null for nobody. This is how a platform keeps what it streams in
    /// without writing it to a disk twice: nothing is handed out before the verdict is known. It is called once, whatever the verdict, if the
    /// content was read whole, and not at all if it was not: then the verdict is never "no match". What it throws, the scan throws.
    /// </summary>
    public Func<ScannedContent, CancellationToken, ValueTask>? Keep { get; init; }
}
