namespace TakeItDown.Matching;

/// <summary>The answer to a scan.</summary>
public sealed class ScanResult
{
    /// <summary>The answer.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// Why, where the verdict is <see cref="Verdict.NotScannable"/> or <see cref="Verdict.ListUnavailable"/>; with <see cref="Verdict.NoMatch"/>, it
    /// is <see cref="ScanReason.NoListInUse"/> or nothing.
    /// </summary>
    public ScanReason Reason { get; init; }

    /// <summary>
    /// Whether the same content may well get another answer in a moment: the scan was too busy or took too long, or a list could not be asked.
    /// A web endpoint answers 503 with <c>Retry-After</c>.
    /// </summary>
    public bool IsTransient => Verdict == Verdict.ListUnavailable || (Verdict == Verdict.NotScannable && Reason is ScanReason.Busy or ScanReason.TimedOut);

    /// <summary>The matches, closest first, at most 10,000; empty unless the verdict is <see cref="Verdict.Match"/>.</summary>
    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>
    /// What would be matches, were their entries not in quarantine, closest first. Such content is neither cleared nor condemned: hold it for
    /// a person to look at.
    /// </summary>
    public IReadOnlyList<Match> Quarantined { get; init; } = [];

    /// <summary>What the content is, told from its bytes.</summary>
    public MediaKind Media { get; init; }

    /// <summary>How many bytes the content has; where it was over the limit, how many were read.</summary>
    public long Length { get; init; }

    /// <summary>The kinds of hash that were looked up. Digests that no list holds, or is compared by, are not computed, and so not in here.</summary>
    public HashKinds Checked { get; init; }

    /// <summary>
    /// Whether a list that the content was to be compared with is older than allowed, so that new entries may be missing from it. With
    /// <see cref="Verdict.NoMatch"/> only where the options of the list accept that.
    /// </summary>
    public bool IsStale { get; init; }

    /// <summary>
    /// What would have been answered, were the lists and the ways enforced that are only reported; null where verdict, reason and matches would be the
    /// same. Nothing is to be enforced by it.
    /// </summary>
    public ScanResult? ReportOnly { get; init; }

    /// <summary>The verdict and the reason; no hash, no file name.</summary>
    public override string ToString() => Reason == ScanReason.None ? $"{Verdict}" : $"{Verdict} ({Reason})";
}
