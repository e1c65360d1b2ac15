using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Scanning;

/// <summary>One scan against one set of snapshots: gathers matches and reasons, and decides at the end.</summary>
internal sealed class ScanSession
{
    private readonly ImmutableArray<ListSnapshot> _lists;
    private readonly int _pdqDistance;
    private readonly Dictionary<(string List, int Entry, HashKind Kind), Match> _matches = [];
    private readonly List<IndexHit> _hits = [];
    private ScanReason _contentReason;
    private HashKinds _checked;

    public ScanSession(ImmutableArray<ListSnapshot> lists, int pdqDistance, ScanReason listReason, ScanOptions options)
    {
        _lists = lists;
        _pdqDistance = pdqDistance;
        ListReason = listReason;
        StopAtFirstMatch = options.StopAtFirstMatch;
        Progress = options.Progress;
    }

    /// <summary>Why a missing match would prove nothing; none if every list is complete and fresh.</summary>
    public ScanReason ListReason { get; }

    /// <summary>The kinds that any list holds.</summary>
    public HashKinds Kinds
    {
        get
        {
            var kinds = HashKinds.None;
            foreach (var list in _lists) kinds |= list.Index.Kinds;
            return kinds;
        }
    }

    /// <summary>What the content is; other until it was read.</summary>
    public MediaKind Media { get; set; }

    /// <summary>How many bytes the content has; 0 until it was read.</summary>
    public long Length { get; set; }

    /// <summary>Whether there is nothing left to find out.</summary>
    public bool IsDecided => StopAtFirstMatch && _matches.Count > 0;

    /// <summary>Who wants to know how far into a video the scan has come.</summary>
    public IProgress<VideoProgress>? Progress { get; }

    private bool StopAtFirstMatch { get; }

    /// <summary>Notes why the content cannot be judged whole; the first reason stands.</summary>
    public void NotScannable(ScanReason reason)
    {
        if (_contentReason == ScanReason.None) _contentReason = reason;
    }

    public void LookUpDigest(HashValue digest)
    {
        _checked |= digest.Kind.ToKinds();
        foreach (var list in _lists)
        {
            _hits.Clear();
            list.Index.FindDigest(digest, _hits);
            foreach (var hit in _hits) Add(list, hit, digest.Kind, quality: null, orientation: null);
        }
    }

    /// <summary>Looks up hashes of one picture.</summary>
    /// <param name="hashes">The hashes, with the orientation that each stands for; null where the caller knows none.</param>
    /// <param name="quality">The quality of the picture, where it is known.</param>
    /// <param name="isWhole">Whether these are hashes of the whole picture, so that finding nothing says something.</param>
    public void LookUpPdq(ReadOnlySpan<(Orientation? Name, PdqHash Hash)> hashes, int? quality, bool isWhole)
    {
        if (isWhole) _checked |= HashKinds.Pdq;
        Span<PdqHash> queries = stackalloc PdqHash[PdqHasher.DihedralCount];
        for (; !hashes.IsEmpty; hashes = hashes[Math.Min(hashes.Length, queries.Length)..])
        {
            var count = Math.Min(hashes.Length, queries.Length);
            for (var i = 0; i < count; i++) queries[i] = hashes[i].Hash;
            foreach (var list in _lists)
            {
                _hits.Clear();
                list.Index.FindPdq(queries[..count], _pdqDistance, _hits);
                foreach (var hit in _hits) Add(list, hit, HashKind.Pdq, quality, hashes[hit.Query].Name);
            }
        }
    }

    /// <summary>Looks up a frame of a video. A listed picture is found by one frame; a listed video by as many as the tally asks for.</summary>
    /// <param name="time">When the frame is shown.</param>
    /// <param name="hashes">Its hashes, at most twice the eight orientations.</param>
    /// <param name="quality">Its quality.</param>
    /// <param name="tally">Counts what is near listed videos.</param>
    public void LookUpFrame(TimeSpan time, ReadOnlySpan<(Orientation? Name, PdqHash Hash)> hashes, int quality, VideoTally tally)
    {
        tally.NextFrame();
        Span<PdqHash> queries = stackalloc PdqHash[2 * PdqHasher.DihedralCount];
        for (var i = 0; i < hashes.Length; i++) queries[i] = hashes[i].Hash;
        foreach (var list in _lists)
        {
            _hits.Clear();
            list.Index.FindPdq(queries[..hashes.Length], _pdqDistance, _hits);
            foreach (var hit in _hits)
            {
                var frame = new FrameHit(list, hit, quality, hashes[hit.Query].Name, time);
                var entry = list.Index.GetEntry(hit.Entry);
                if (entry.Media != MediaKind.Video || tally.Add(frame, entry.FrameCount)) Add(frame);
            }
        }
    }

    /// <summary>Judges the frames together, once there are no more.</summary>
    /// <param name="tally">What was counted.</param>
    /// <param name="isWhole">Whether these were all the frames, so that finding nothing says something.</param>
    public void FinishVideo(VideoTally tally, bool isWhole)
    {
        if (isWhole) _checked |= HashKinds.Pdq;
        foreach (var frame in tally.FindQueryMatches()) Add(frame);
    }

    /// <summary>The answer. A match stands whatever else went wrong; "no match" needs everything to have gone right.</summary>
    public ScanResult Decide()
    {
        var (verdict, reason) = this switch
        {
            { _matches.Count: > 0 } => (Verdict.Match, ScanReason.None),
            { ListReason: not ScanReason.None } => (Verdict.ListUnavailable, ListReason),
            { _contentReason: not ScanReason.None } => (Verdict.NotScannable, _contentReason),
            _ => (Verdict.NoMatch, ScanReason.None),
        };
        return new ScanResult
        {
            Verdict = verdict,
            Reason = reason,
            Matches = [.. _matches.Values.OrderBy(match => match.Distance).ThenBy(match => match.Kind)],
            Media = Media,
            Length = Length,
            Checked = _checked,
        };
    }

    private void Add(FrameHit frame) => Add(frame.List, frame.Hit, HashKind.Pdq, frame.Quality, frame.Orientation, frame.Time);

    /// <summary>Keeps the closest match of an entry by each kind of hash.</summary>
    private void Add(ListSnapshot list, IndexHit hit, HashKind kind, int? quality, Orientation? orientation, TimeSpan? frameTime = null)
    {
        ref var match = ref CollectionsMarshal.GetValueRefOrAddDefault(_matches, (list.Name, hit.Entry, kind), out var isKnown);
        if (isKnown && match!.Distance <= hit.Distance) return;
        var entry = list.Index.GetEntry(hit.Entry);
        match = new Match
        {
            List = list.Name,
            Entry = entry.Key.Id,
            Member = entry.Key.Member,
            Classification = entry.Classification,
            Kind = kind,
            Distance = hit.Distance,
            Quality = quality,
            Orientation = orientation,
            FrameTime = frameTime,
        };
    }
}
