namespace TakeItDown.Matching;

/// <summary>What one scan should do differently from the others.</summary>
public sealed class ScanOptions
{
    /// <summary>
    /// Whether the first match ends the scan. Default true: an upload handler needs one reason, and a file whose digest is listed need not be
    /// decoded. False lists every match, for a reviewer or a survey.
    /// </summary>
    public bool StopAtFirstMatch { get; init; } = true;

    /// <summary>Told, from another thread, how far into a video the scan has come; null for nobody.</summary>
    public IProgress<VideoProgress>? Progress { get; init; }
}
