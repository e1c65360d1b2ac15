using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Scanning;

/// <summary>What one scan comes to: the closest match of each entry by each kind of hash, and why the content could not be judged whole.</summary>
internal sealed class Judgement(UploadCounts counts)
{
    /// <summary>The most matches that a scan tells of. A list may hold one hash a million times; an answer need not.</summary>
    public const int MostMatches = 10_000;

    private readonly Dictionary<MatchId, Match> _matches = [];
    private readonly Dictionary<MatchId, Match> _quarantined = [];

    /// <summary>Whether anything counts as a match.</summary>
    public bool HasMatches => _matches.Count > 0;

    /// <summary>Whether anything was found that would be a match, were its entry not in quarantine.</summary>
    public bool HasQuarantined => _quarantined.Count > 0;

    /// <summary>The matches, closest first.</summary>
    public Match[] Matches => Sort(_matches);

    /// <summary>What would be matches, were their entries not in quarantine, closest first.</summary>
    public Match[] Quarantined => Sort(_quarantined);

    /// <summary>Why the content cannot be judged whole; none if it can.</summary>
    public ScanReason Reason { get; private set; }

    /// <summary>Whether anything was looked up that is not too plain to tell it from others.</summary>
    public bool HasLooks { get; set; }

    /// <summary>The kinds of hash that were looked up.</summary>
    public HashKinds Checked { get; set; }

    /// <summary>Notes why the content cannot be judged whole; the first reason stands.</summary>
    public void NotScannable(ScanReason reason)
    {
        if (Reason == ScanReason.None) Reason = reason;
    }

    public void Add(FrameHit frame) => Add(frame.List, frame.Hit, HashKind.Pdq, frame.Quality, frame.Orientation, frame.Way, frame.Time, frame.Shares);

    /// <summary>Keeps the closest match of an entry by each kind of hash; of a listed video, the last, as it knows the most.</summary>
    public void Add(
        in ScanList list, IndexHit hit, HashKind kind, int? quality, Orientation? orientation, MatchWays way,
        TimeSpan? frameTime = null, (double Query, double Listed)? shares = null)
    {
        var name = list.Snapshot.Name;
        var id = new MatchId(name, hit.Entry, kind);
        if (!IsNews(_matches, id, hit, shares)) return;
        var entry = list.Snapshot.Index.GetEntry(hit.Entry);
        counts.Count(list, hit.Entry, entry.Key, way);
        var found = counts.IsQuarantined(list, entry.Key) ? _quarantined : _matches;
        if (!IsNews(found, id, hit, shares)) return;
        found[id] = new Match
        {
            List = name,
            Entry = entry.Key.Id,
            Member = entry.Key.Member,
            Classification = entry.Classification,
            Categories = entry.Notes?.Categories ?? [],
            Feedback = entry.Notes?.Feedback ?? [],
            Kind = kind,
            Distance = hit.Distance,
            Quality = quality,
            Orientation = orientation,
            Way = way,
            FrameTime = frameTime,
            QueryShare = shares?.Query,
            ListedShare = shares?.Listed,
        };
    }

    private static bool IsNews(Dictionary<MatchId, Match> found, MatchId id, IndexHit hit, (double Query, double Listed)? shares) =>
        found.TryGetValue(id, out var known) ? shares is not null || hit.Distance < known.Distance : found.Count < MostMatches;

    private static Match[] Sort(Dictionary<MatchId, Match> matches) =>
        matches.Count == 0 ? [] : [.. matches.Values.OrderBy(match => match.Distance).ThenBy(match => match.Kind)];

    private readonly record struct MatchId(string List, int Entry, HashKind Kind);
}
