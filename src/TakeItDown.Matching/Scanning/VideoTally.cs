using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Scanning;

/// <summary>A frame that is near a listed hash.</summary>
/// <param name="List">The list.</param>
/// <param name="Hit">Which of its hashes, and how near.</param>
/// <param name="Quality">The frame's quality; null where it is unknown.</param>
/// <param name="Orientation">Which way up it had to be turned.</param>
/// <param name="Way">The way in which it was found.</param>
/// <param name="Time">When it is shown; null where that is unknown.</param>
/// <param name="Shares">What its video and the listed one have in common; null where a picture is listed.</param>
internal readonly record struct FrameHit(
    ScanList List, IndexHit Hit, int? Quality, Orientation? Orientation, MatchWays Way, TimeSpan? Time, (double Query, double Listed)? Shares = null);

/// <summary>Counts what an uploaded video has in common with each listed one that any of its frames is near to.</summary>
internal sealed class VideoTally(double queryShare, double listedShare)
{
    private readonly Dictionary<(ListSnapshot List, int Entry), Listed> _videos = [];
    private int _frames;

    /// <summary>Begins the next frame of the upload.</summary>
    public void NextFrame() => _frames++;

    /// <summary>Counts a hit of the current frame.</summary>
    /// <param name="hit">The frame, and the listed frame it is near to.</param>
    /// <param name="listedFrames">How many different frames the listed video has.</param>
    /// <returns>The closest hit so far, if enough of the listed video has been seen: more frames cannot change that.</returns>
    public FrameHit? Add(FrameHit hit, int listedFrames)
    {
        ref var listed = ref CollectionsMarshal.GetValueRefOrAddDefault(_videos, (hit.List.Snapshot, hit.Hit.Entry), out _);
        if (listed is null || hit.Hit.Distance < listed.Closest.Hit.Distance) (listed ??= new Listed(listedFrames)).Closest = hit;
        if (listed.LastFrame != _frames)
        {
            listed.LastFrame = _frames;
            listed.QueryFrames++;
        }
        listed.Hashes.Add(hit.Hit.Hash);
        return listed.ListedShare >= listedShare ? Result(listed) : null;
    }

    /// <summary>The closest hit of each listed video that has enough in common with the upload.</summary>
    public IEnumerable<FrameHit> FindMatches() =>
        _videos.Values.Select(Result).Where(result => result.Shares!.Value.Query >= queryShare || result.Shares.Value.Listed >= listedShare);

    private FrameHit Result(Listed listed) => listed.Closest with { Shares = ((double)listed.QueryFrames / _frames, listed.ListedShare) };

    private sealed class Listed(int frames)
    {
        public double ListedShare => (double)Hashes.Count / frames;
        public FrameHit Closest { get; set; }
        public int LastFrame { get; set; }
        public int QueryFrames { get; set; }
        public HashSet<int> Hashes { get; } = [];
    }
}
