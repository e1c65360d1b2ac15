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
        ScanReason.NoDecoder => "No decoder for this format, or for every picture in the file, is installed; only exact copies and what could be decoded were looked for.",
        ScanReason.Damaged => "The picture or video is damaged; only exact copies and what could be decoded were looked for.",
        ScanReason.Truncated => "The file ends before the picture or video does; only exact copies and what could be decoded were looked for.",
        ScanReason.TooManyPixels => "The picture or video is larger than allowed, in pixels or in the memory to decode it; only exact copies could be looked for.",
        ScanReason.TooPlain => "The picture or video is too plain to be told from others; only exact copies could be looked for.",
        ScanReason.TimedOut => "The scan took longer than allowed.",
        ScanReason.TooLong => "The video is longer than allowed; only exact copies and its beginning were looked for.",
        ScanReason.OtherTracks => "The video has more than one track; only exact copies and its first track were looked for.",
        ScanReason.Busy => "Too many scans were under way; try again.",
        ScanReason.TooManyFrames => "The picture has more pages or frames than are looked at; only exact copies and those that were looked at were looked for.",
        ScanReason.NotLookedAt => "The hashes were computed with less than is asked for now: hash the content again.",
        ScanReason.NoListInUse => "Every list is switched off or only reported for this content, so that nothing decides over it.",
        ScanReason.Quarantined => "What it matches is in quarantine, because it matched far more uploads than expected; a person should look at both.",
        _ => "Unknown reason.",
    };
}
