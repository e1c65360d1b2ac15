using TakeItDown.Matching.Content;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Scanning;

/// <summary>One scan against one set of snapshots: takes what is found in the content, looks it up, gathers matches and gaps, and decides at the end.</summary>
internal sealed class ScanSession : IContentSink
{
    // Eight orientations, each without alpha and on two backgrounds; of a frame twice: at full size and sampled. Hashes of others' may be more.
    private const int UsualLooks = 2 * 3 * PdqHasher.DihedralCount;

    private readonly ScanFindings _findings;
    private readonly MatchingInstruments _instruments;
    private readonly MatchingOptions _matching;
    private readonly List<IndexHit> _hits = [];
    private readonly bool _stopAtFirstMatch;
    private readonly VideoTally _tally;
    private readonly VideoTally? _enforcedTally;
    private readonly bool _isRegistered;
    private ScanList[] _lists;
    private MediaKind _media;
    private long _length;

    /// <summary>Begins a scan.</summary>
    /// <param name="lists">The lists in use; null where none is registered.</param>
    /// <param name="floods">Counts what each entry matches.</param>
    /// <param name="instruments">Measures the lookups.</param>
    /// <param name="matching">How every scan is made.</param>
    /// <param name="options">What the scan should do differently from others.</param>
    public ScanSession(ScanList[]? lists, FloodControl floods, MatchingInstruments instruments, MatchingOptions matching, ScanOptions options)
    {
        (_instruments, _matching, _lists) = (instruments, matching, lists ?? []);
        _findings = new ScanFindings(_lists, floods, matching.ReportOnly, isUpload: !options.WaitForTurn);
        _tally = new VideoTally(matching.Video.MinimumQueryShare, matching.Video.MinimumListedShare);
        if (!_findings.IsOne) _enforcedTally = new VideoTally(matching.Video.MinimumQueryShare, matching.Video.MinimumListedShare);
        _isRegistered = lists is not null;
        _stopAtFirstMatch = options.StopAtFirstMatch;
        Progress = options.Progress;
        WaitsForTurn = options.WaitForTurn;
    }

    /// <summary>Whether no list could say anything, so that the content need not be read.</summary>
    public bool IsFutile => ScanDecision.ReasonOf(_lists, _isRegistered) == ScanReason.NeverSynced && DigestKinds == HashKinds.None && !Wants(ContentStage.Frames);

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

    public bool HasEnough => _stopAtFirstMatch && _findings.Enforced.HasMatches;

    public bool WaitsForTurn { get; }

    public IProgress<VideoProgress>? Progress { get; }

    public void Begin(MediaKind media, long length, ReadOnlySpan<HashValue> digests)
    {
        (_media, _length) = (media, length);
        Place(digests);
        using var stage = _instruments.Time(ScanStage.LookUp);
        foreach (var list in _lists)
        {
            foreach (ref readonly var digest in digests) Checked(list, digest.Kind.ToKinds() & HashKinds.Digests);
            list.FindDigests(digests, _hits);
            foreach (var hit in _hits) _findings.Add(list, hit, digests[hit.Query].Kind, quality: null, orientation: null, MatchWays.Whole);
        }
    }

    /// <summary>
    /// Whether any list asks for this. A picture is looked at where PDQ hashes are compared, be there any on the lists yet or not, so that what cannot be
    /// judged is said from the first day; its further pages, and frames, only where there are some to compare with.
    /// </summary>
    public bool Wants(ContentStage stage) => Array.Exists(_lists, list => Wants(list, stage));

    public void AddPicture(ReadOnlySpan<PictureLook> looks)
    {
        looks = Judgeable(looks);
        if (looks.IsEmpty) return;
        using var stage = _instruments.Time(ScanStage.LookUp);
        NoteLooks(looks);
        foreach (var list in _lists)
        {
            Find(list, looks);
            foreach (var hit in _hits)
            {
                var look = looks[hit.Query];
                _findings.Add(list, hit, HashKind.Pdq, look.Quality, look.Orientation, look.Way);
            }
        }
    }

    /// <summary>Looks up a frame. A listed picture is found by one frame; a listed video by as many as the tally asks for.</summary>
    public void AddFrame(ReadOnlySpan<PictureLook> looks)
    {
        looks = Judgeable(looks);
        if (looks.IsEmpty) return;
        _tally.NextFrame();
        if (NoteLooks(looks)) _enforcedTally?.NextFrame();
        foreach (var list in _lists)
        {
            Find(list, looks);
            foreach (var hit in _hits)
            {
                var look = looks[hit.Query];
                var frame = new FrameHit(list, hit, look.Quality, look.Orientation, look.Way, look.Time);
                var entry = list.Snapshot.Index.GetEntry(hit.Entry);
                if (entry.Media != MediaKind.Video) _findings.Add(frame);
                else Count(frame, entry.FrameCount);
            }
        }
    }

    public void Miss(ContentGap gap)
    {
        _findings.Everything.NotScannable(gap.Reason);
        if (!IsOnlyReported(gap.Stage) && _findings.Enforces(gap.Way)) _findings.Enforced.NotScannable(gap.Reason);
    }

    /// <summary>Judges the frames together, once there are no more. What is enforced is too plain if only what is reported showed anything.</summary>
    public void Finish(ContentStage stage)
    {
        foreach (var frame in _tally.FindMatches()) _findings.Everything.Add(frame);
        foreach (var frame in _enforcedTally?.FindMatches() ?? []) _findings.Enforced.Add(frame);
        Finish(_findings.Everything, isEnforced: _findings.IsOne);
        if (!_findings.IsOne && !IsOnlyReported(stage)) Finish(_findings.Enforced, isEnforced: true);
    }

    /// <summary>The answer. What was found stands whatever else went wrong; "no match" needs everything to have gone right.</summary>
    public ScanResult Decide() => new ScanDecision(_media, _length, _isRegistered).Decide(_findings, _lists);

    private static bool Wants(in ScanList list, ContentStage stage) => stage switch
    {
        ContentStage.Bytes => true,
        ContentStage.Picture => list.Options.Kinds.Contains(HashKind.Pdq),
        _ => list.Kinds.Contains(HashKind.Pdq),
    };

    /// <summary>Whether only lists ask for a stage that are not enforced: then what goes wrong in it is only reported.</summary>
    private bool IsOnlyReported(ContentStage stage)
    {
        // The pages are looked at for whoever asked for the picture.
        var asked = stage == ContentStage.Pages ? ContentStage.Picture : stage;
        return asked != ContentStage.Bytes && !_findings.IsOne && !Array.Exists(_lists, list => list.IsEnforced && Wants(list, asked));
    }

    /// <summary>Leaves out the lists that this content is outside the share of, now that it can be told.</summary>
    /// <param name="hashes">Hashes of the content; without any, every list stays in.</param>
    private void Place(ReadOnlySpan<HashValue> hashes)
    {
        if (hashes.IsEmpty || !Array.Exists(_lists, static list => list.IsPartial)) return;
        var position = ContentPosition.Of(hashes);
        _lists = Array.FindAll(_lists, list => position < list.Options.TrafficShare);
    }

    private ReadOnlySpan<PictureLook> Judgeable(ReadOnlySpan<PictureLook> looks)
    {
        var count = 0;
        foreach (ref readonly var look in looks) count += look.IsTooPlain(_matching.MinimumQuality) ? 0 : 1;
        return count == looks.Length ? looks : looks.ToArray().Where(look => !look.IsTooPlain(_matching.MinimumQuality)).ToArray();
    }

    /// <summary>Counts a frame that is near a listed video's. Among what is enforced, only frames count that are.</summary>
    private void Count(in FrameHit frame, int listedFrames)
    {
        if (_tally.Add(frame, listedFrames) is { } match) _findings.Everything.Add(match);
        if (_findings.Enforces(frame.List, frame.Way) && _enforcedTally?.Add(frame, listedFrames) is { } enforced) _findings.Enforced.Add(enforced);
    }

    /// <summary>Notes that there is something to tell the content by; says whether in a way that is enforced.</summary>
    private bool NoteLooks(ReadOnlySpan<PictureLook> looks)
    {
        _findings.Everything.HasLooks = true;
        foreach (ref readonly var look in looks)
        {
            if (_findings.Enforces(look.Way)) return _findings.Enforced.HasLooks = true;
        }
        return false;
    }

    private void Find(in ScanList list, ReadOnlySpan<PictureLook> looks)
    {
        Span<PdqHash> queries = looks.Length <= UsualLooks ? stackalloc PdqHash[UsualLooks] : new PdqHash[looks.Length];
        for (var i = 0; i < looks.Length; i++) queries[i] = looks[i].Hash;
        list.FindPdq(queries[..looks.Length], _hits);
    }

    private void Finish(Judgement judgement, bool isEnforced)
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
