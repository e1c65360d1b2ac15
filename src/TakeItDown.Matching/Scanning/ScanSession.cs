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

    public ScanSession(ImmutableArray<ListSnapshot> lists, int pdqDistance, ScanReason listReason, bool stopAtFirstMatch)
    {
        _lists = lists;
        _pdqDistance = pdqDistance;
        ListReason = listReason;
        StopAtFirstMatch = stopAtFirstMatch;
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

    /// <summary>Whether there is nothing left to find out.</summary>
    public bool IsDecided => StopAtFirstMatch && _matches.Count > 0;

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

    /// <summary>The answer. A match stands whatever else went wrong; "no match" needs everything to have gone right.</summary>
    public ScanResult Decide(MediaKind media = MediaKind.Other, long length = 0)
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
            Media = media,
            Length = length,
            Checked = _checked,
        };
    }

    /// <summary>Keeps the closest match of an entry by each kind of hash.</summary>
    private void Add(ListSnapshot list, IndexHit hit, HashKind kind, int? quality, Orientation? orientation)
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
        };
    }
}
