namespace TakeItDown.Matching;

/// <summary>What the reasons mean, in words.</summary>
public static class ScanReasonExtensions
{
    /// <summary>One sentence for an operator or a reviewer; empty for <see cref="ScanReason.None"/>.</summary>
    public static string Explain(this ScanReason reason) => reason switch
    {
        ScanReason.None => "",
        ScanReason.NeverSynced => "A list has never been read completely, so nothing is known of what it holds.",
        ScanReason.Stale => "A list is older than allowed, so new entries may be missing from it.",
        ScanReason.Empty => "The content is empty.",
        ScanReason.TooManyBytes => "The content has more bytes than allowed.",
        ScanReason.UnknownFormat => "The content is not a picture or video of a known format; only exact copies could be looked for.",
        ScanReason.NoDecoder => "No decoder for this format is installed; only exact copies could be looked for.",
        ScanReason.Damaged => "The picture is damaged; only exact copies could be looked for.",
        ScanReason.Truncated => "The file ends before the picture does; only exact copies could be looked for.",
        ScanReason.TooManyPixels => "The picture is larger than allowed, in pixels or in the memory to decode it; only exact copies could be looked for.",
        ScanReason.TooPlain => "The picture is too plain to be told from others; only exact copies could be looked for.",
        ScanReason.TimedOut => "The scan took longer than allowed.",
        ScanReason.Busy => "Too many scans were under way; try again.",
        _ => "Unknown reason.",
    };
}
