namespace TakeItDown.Matching.Scanning;

/// <summary>From what a scan found to its answer.</summary>
/// <param name="media">What the content is.</param>
/// <param name="length">How many bytes it has.</param>
/// <param name="isRegistered">Whether any list is registered.</param>
internal sealed class ScanDecision(MediaKind media, long length, bool isRegistered)
{
    /// <summary>
    /// Why a missing match would prove nothing; none if every list is complete, and as fresh as is asked of it. Never synced outweighs stale: nothing at
    /// all is known of what that list holds.
    /// </summary>
    public static ScanReason ReasonOf(ScanList[] lists, bool isRegistered)
    {
        if (!isRegistered) return ScanReason.NeverSynced;
        var reason = ScanReason.None;
        foreach (var list in lists)
        {
            if (list.Freshness == ListFreshness.NeverSynced) return ScanReason.NeverSynced;
            if (list.Freshness == ListFreshness.Stale && !list.Options.AcceptStale) reason = ScanReason.Stale;
        }
        return reason;
    }

    /// <summary>The answer, and beside it, where it would be another, what it would be were everything enforced.</summary>
    public ScanResult Decide(ScanFindings findings, ScanList[] lists)
    {
        var everything = Decide(findings.Everything, lists, reportOnly: null);
        if (findings.IsOne) return everything;
        var enforced = Array.FindAll(lists, static list => list.IsEnforced);
        var answer = Decide(findings.Enforced, enforced, reportOnly: null);
        return IsSame(answer, everything) ? answer : Decide(findings.Enforced, enforced, everything);
    }

    private ScanResult Decide(Judgement judgement, ScanList[] lists, ScanResult? reportOnly)
    {
        var listReason = ReasonOf(lists, isRegistered);
        var (verdict, reason) = judgement switch
        {
            { HasMatches: true } => (Verdict.Match, ScanReason.None),
            { HasQuarantined: true } => (Verdict.NotScannable, ScanReason.Quarantined),
            _ when listReason != ScanReason.None => (Verdict.ListUnavailable, listReason),
            _ when lists.Length == 0 => (Verdict.NoMatch, ScanReason.NoListInUse),
            { Reason: not ScanReason.None } => (Verdict.NotScannable, judgement.Reason),
            _ => (Verdict.NoMatch, ScanReason.None),
        };
        return new ScanResult
        {
            Verdict = verdict,
            Reason = reason,
            Matches = judgement.Matches,
            Quarantined = judgement.Quarantined,
            Media = media,
            Length = length,
            Checked = judgement.Checked,
            IsStale = Array.Exists(lists, static list => list.Freshness == ListFreshness.Stale),
            ReportOnly = reportOnly,
        };
    }

    private static bool IsSame(ScanResult one, ScanResult other) =>
        (one.Verdict, one.Reason) == (other.Verdict, other.Reason) && AreSame(one.Matches, other.Matches) && AreSame(one.Quarantined, other.Quarantined);

    private static bool AreSame(IReadOnlyList<Match> ones, IReadOnlyList<Match> others) => ones.Select(Place).SequenceEqual(others.Select(Place));

    private static (string, string, string, HashKind, int, MatchWays, Orientation?) Place(Match match) =>
        (match.List, match.Member, match.Entry, match.Kind, match.Distance, match.Way, match.Orientation);
}
