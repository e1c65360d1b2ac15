using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Scanning;

/// <summary>One scan against one set of snapshots: gathers matches and reasons, and decides at the end.</summary>
internal sealed class ScanSession
{
    private readonly ScanFindings _findings;
    private readonly List<IndexHit> _hits = [];
    private readonly bool _stopAtFirstMatch;
    private readonly VideoTally? _enforcedTally;
    private readonly bool _isRegistered;
    private ScanList[] _lists;
    private bool _isOnlyReported;

    /// <summary>Begins a scan.</summary>
    /// <param name="lists">The lists in use; null where none is registered.</param>
    /// <param name="floods">Counts what each entry matches.</param>
    /// <param name="matching">How every scan is made.</param>
    /// <param name="options">What the scan should do differently from others.</param>
    public ScanSession(ScanList[]? lists, FloodControl floods, MatchingOptions matching, ScanOptions options)
    {
        _lists = lists ?? [];
        _findings = new ScanFindings(_lists, floods, matching.ReportOnly);
        if (!_findings.IsOne) _enforcedTally = new VideoTally(matching.MinimumQueryShare, matching.MinimumListedShare);
        _isRegistered = lists is not null;
        _stopAtFirstMatch = options.StopAtFirstMatch;
        Progress = options.Progress;
        WaitsForTurn = options.WaitForTurn;
    }

    /// <summary>Whether no list could say anything, so that the content need not be read.</summary>
    public bool IsFutile => FindListReason(_lists) == ScanReason.NeverSynced && DigestKinds == HashKinds.None && !ComparesPdq;

    /// <summary>The digests to compute: those that any list holds, and what the content is placed by.</summary>
    public HashKinds DigestKinds
    {
        get
        {
            var kinds = HashKinds.None;
            foreach (var list in _lists) kinds |= list.Kinds | (list.IsPartial ? ContentPosition.Kinds : HashKinds.None);
            return kinds & HashKinds.Digests;
        }
    }

    /// <summary>What the content is; other until it was read.</summary>
    public MediaKind Media { get; set; }

    /// <summary>How many bytes the content has; 0 until it was read.</summary>
    public long Length { get; set; }

    /// <summary>Whether any list holds PDQ hashes to compare with.</summary>
    public bool ComparesPdq => Array.Exists(_lists, ComparesByPdq);

    /// <summary>Whether a look at the picture is asked for, be there hashes on the lists yet or not.</summary>
    public bool JudgesPictures => Array.Exists(_lists, JudgesByPdq);

    /// <summary>Whether there is nothing left to find out.</summary>
    public bool IsDecided => _stopAtFirstMatch && _findings.Enforced.HasMatches;

    /// <summary>Whether the scan is one of a batch, which waits behind uploads.</summary>
    public bool WaitsForTurn { get; }

    /// <summary>Who wants to know how far into a video the scan has come.</summary>
    public IProgress<VideoProgress>? Progress { get; }

    /// <summary>
    /// The way in which the content is looked at: what is found from here on, and what goes wrong, belongs to it. Whole until it is set; that an
    /// orientation is a turned one is seen by its name.
    /// </summary>
    public MatchWays Way { get; set; } = MatchWays.Whole;

    /// <summary>Notes why the content cannot be judged whole; the first reason stands.</summary>
    /// <param name="reason">Why; none changes nothing.</param>
    /// <param name="way">The ways, beside <see cref="Way"/>, in which it went wrong.</param>
    public void NotScannable(ScanReason reason, MatchWays way = MatchWays.None)
    {
        _findings.Everything.NotScannable(reason);
        if (!_isOnlyReported && _findings.Enforces(way | Way)) _findings.Enforced.NotScannable(reason);
    }

    /// <summary>Begins the look at a picture. Where only lists ask for it that are not enforced, what goes wrong in it is only reported.</summary>
    public void BeginPicture() => _isOnlyReported = !_findings.IsOne && !Array.Exists(_lists, static list => list.IsEnforced && JudgesByPdq(list));

    /// <summary>Begins the look at a video. Where only lists ask for it that are not enforced, what goes wrong in it is only reported.</summary>
    public void BeginVideo() => _isOnlyReported = !_findings.IsOne && !Array.Exists(_lists, static list => list.IsEnforced && ComparesByPdq(list));

    /// <summary>Leaves out the lists that this content is outside the share of, now that it can be told.</summary>
    /// <param name="hashes">Hashes of the content; without any, every list stays in.</param>
    public void Place(ReadOnlySpan<HashValue> hashes)
    {
        if (hashes.IsEmpty || !Array.Exists(_lists, static list => list.IsPartial)) return;
        var position = ContentPosition.Of(hashes);
        _lists = Array.FindAll(_lists, list => position < list.Options.TrafficShare);
    }

    /// <summary>Looks up the digests among these hashes.</summary>
    public void LookUpDigests(ReadOnlySpan<HashValue> hashes)
    {
        foreach (var list in _lists)
        {
            foreach (ref readonly var hash in hashes) Checked(list, hash.Kind.ToKinds() & HashKinds.Digests);
            list.FindDigests(hashes, _hits);
            foreach (var hit in _hits) _findings.Add(list, hit, hashes[hit.Query].Kind, quality: null, orientation: null, MatchWays.Whole);
        }
    }

    /// <summary>Looks up one picture, or one page of it.</summary>
    /// <param name="looks">The ways of looking at it that are not too plain.</param>
    public void LookUpPdq(ReadOnlySpan<PictureLook> looks)
    {
        NoteLooks(looks);
        foreach (var list in _lists)
        {
            Find(list, looks);
            foreach (var hit in _hits)
            {
                var look = looks[hit.Query];
                _findings.Add(list, hit, HashKind.Pdq, look.Quality, look.Orientation, WayOf(look));
            }
        }
    }

    /// <summary>Looks up the PDQ hashes among these as what a video shows: a single picture is a video of one frame.</summary>
    /// <param name="hashes">Hashes of one piece of content.</param>
    /// <param name="tally">Counts what is near listed videos.</param>
    public void LookUpFrames(ReadOnlySpan<HashValue> hashes, VideoTally tally)
    {
        var seen = new HashSet<PdqHash>();
        foreach (ref readonly var hash in hashes)
        {
            if (IsDecided) break;
            if (hash.Kind == HashKind.Pdq && PdqHash.FromValue(hash) is var frame && seen.Add(frame)) LookUpFrame(time: null, [new PictureLook(null, frame)], tally);
        }
        FinishVideo(tally);
        if (seen.Count > 0) FinishPdq();
    }

    /// <summary>Looks up a frame of a video. A listed picture is found by one frame; a listed video by as many as the tally asks for.</summary>
    /// <param name="time">When the frame is shown; null where that is unknown.</param>
    /// <param name="looks">The ways of looking at it that are not too plain.</param>
    /// <param name="tally">Counts what is near listed videos.</param>
    public void LookUpFrame(TimeSpan? time, ReadOnlySpan<PictureLook> looks, VideoTally tally)
    {
        tally.NextFrame();
        if (NoteLooks(looks)) _enforcedTally?.NextFrame();
        foreach (var list in _lists)
        {
            Find(list, looks);
            foreach (var hit in _hits)
            {
                var look = looks[hit.Query];
                var frame = new FrameHit(list, hit, look.Quality, look.Orientation, WayOf(look), time);
                var entry = list.Snapshot.Index.GetEntry(hit.Entry);
                if (entry.Media != MediaKind.Video) _findings.Add(frame);
                else Count(frame, entry.FrameCount, tally);
            }
        }
    }

    /// <summary>
    /// Notes that every page or frame was looked at; should any have gone wrong, a reason says so. What is enforced is too plain if only what is
    /// reported showed anything.
    /// </summary>
    public void FinishPdq()
    {
        FinishPdq(_findings.Everything, isEnforced: _findings.IsOne);
        if (!_findings.IsOne && !_isOnlyReported) FinishPdq(_findings.Enforced, isEnforced: true);
    }

    /// <summary>Judges the frames together, once there are no more.</summary>
    /// <param name="tally">What was counted.</param>
    public void FinishVideo(VideoTally tally)
    {
        foreach (var frame in tally.FindMatches()) _findings.Everything.Add(frame);
        foreach (var frame in _enforcedTally?.FindMatches() ?? []) _findings.Enforced.Add(frame);
    }

    /// <summary>The answer. What was found stands whatever else went wrong; "no match" needs everything to have gone right.</summary>
    public ScanResult Decide()
    {
        var everything = Decide(_findings.Everything, _lists, reportOnly: null);
        if (_findings.IsOne) return everything;
        var enforced = Array.FindAll(_lists, static list => list.IsEnforced);
        var answer = Decide(_findings.Enforced, enforced, reportOnly: null);
        return IsSame(answer, everything) ? answer : Decide(_findings.Enforced, enforced, everything);
    }

    private ScanResult Decide(Judgement judgement, ScanList[] lists, ScanResult? reportOnly)
    {
        var listReason = FindListReason(lists);
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
            Media = Media,
            Length = Length,
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

    private static bool ComparesByPdq(ScanList list) => list.Kinds.Contains(HashKind.Pdq);

    private static bool JudgesByPdq(ScanList list) => list.Options.Kinds.Contains(HashKind.Pdq);

    /// <summary>
    /// Why a missing match would prove nothing; none if every list is complete, and as fresh as is asked of it. Never synced outweighs stale: nothing at
    /// all is known of what that list holds.
    /// </summary>
    private ScanReason FindListReason(ScanList[] lists)
    {
        if (!_isRegistered) return ScanReason.NeverSynced;
        var reason = ScanReason.None;
        foreach (var list in lists)
        {
            if (list.Freshness == ListFreshness.NeverSynced) return ScanReason.NeverSynced;
            if (list.Freshness == ListFreshness.Stale && !list.Options.AcceptStale) reason = ScanReason.Stale;
        }
        return reason;
    }

    /// <summary>Counts a frame that is near a listed video's. Among what is enforced, only frames count that are.</summary>
    private void Count(in FrameHit frame, int listedFrames, VideoTally tally)
    {
        if (tally.Add(frame, listedFrames) is { } match) _findings.Everything.Add(match);
        if (_findings.Enforces(frame.List, frame.Way) && _enforcedTally?.Add(frame, listedFrames) is { } enforced) _findings.Enforced.Add(enforced);
    }

    /// <summary>Notes that there is something to tell the content by; says whether in a way that is enforced.</summary>
    private bool NoteLooks(ReadOnlySpan<PictureLook> looks)
    {
        _findings.Everything.HasLooks |= !looks.IsEmpty;
        foreach (ref readonly var look in looks)
        {
            if (_findings.Enforces(WayOf(look))) return _findings.Enforced.HasLooks = true;
        }
        return false;
    }

    private MatchWays WayOf(in PictureLook look)
    {
        var way = look.Ways | Way;
        return way == MatchWays.Whole ? way : way & ~MatchWays.Whole;
    }

    private void Find(in ScanList list, ReadOnlySpan<PictureLook> looks)
    {
        // Eight orientations, each without alpha and on two backgrounds; of a frame twice: at full size and sampled.
        Span<PdqHash> queries = stackalloc PdqHash[2 * 3 * PdqHasher.DihedralCount];
        for (var i = 0; i < looks.Length; i++) queries[i] = looks[i].Hash;
        list.FindPdq(queries[..looks.Length], _hits);
    }

    private void FinishPdq(Judgement judgement, bool isEnforced)
    {
        if (!judgement.HasLooks) judgement.NotScannable(ScanReason.TooPlain);
        if (judgement.Reason != ScanReason.None) return;
        foreach (var list in _lists)
        {
            if (list.IsEnforced || !isEnforced) judgement.Checked |= HashKinds.Pdq & list.Options.Kinds;
        }
    }

    private void Checked(in ScanList list, HashKinds kinds)
    {
        kinds &= list.Options.Kinds;
        _findings.Everything.Checked |= kinds;
        if (list.IsEnforced) _findings.Enforced.Checked |= kinds;
    }
}
