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

    /// <summary>The matches, closest first; empty unless the verdict is <see cref="Verdict.Match"/>.</summary>
    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>What the content is, told from its bytes.</summary>
    public MediaKind Media { get; init; }

    /// <summary>How many bytes the content has; where it was over the limit, how many were read.</summary>
    public long Length { get; init; }

    /// <summary>The kinds of hash that were looked up. Digests that no list holds, or is compared by, are not computed, and so not in here.</summary>
    public HashKinds Checked { get; init; }

    /// <summary>The verdict and the reason; no hash, no file name.</summary>
    public override string ToString() => Reason == ScanReason.None ? $"{Verdict}" : $"{Verdict} ({Reason})";
}
