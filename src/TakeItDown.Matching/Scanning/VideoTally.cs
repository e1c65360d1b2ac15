using System.Runtime.InteropServices;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Scanning;

/// <summary>A frame that is near a listed hash.</summary>
/// <param name="List">The list.</param>
/// <param name="Hit">Which of its hashes, and how near.</param>
/// <param name="Quality">The frame's quality.</param>
/// <param name="Orientation">Which way up it had to be turned.</param>
/// <param name="Time">When it is shown.</param>
internal readonly record struct FrameHit(ScanList List, IndexHit Hit, int Quality, Orientation? Orientation, TimeSpan Time);

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
    /// <returns>Whether enough of the listed video has been seen: more frames cannot change that.</returns>
    public bool Add(FrameHit hit, int listedFrames)
    {
        ref var listed = ref CollectionsMarshal.GetValueRefOrAddDefault(_videos, (hit.List.Snapshot, hit.Hit.Entry), out _);
        if (listed is null || hit.Hit.Distance < listed.Closest.Hit.Distance) (listed ??= new Listed()).Closest = hit;
        if (listed.LastFrame != _frames)
        {
            listed.LastFrame = _frames;
            listed.QueryFrames++;
        }
        listed.Hashes.Add(hit.Hit.Hash);
        return listed.Hashes.Count >= listedShare * listedFrames;
    }

    /// <summary>The closest hit of each listed video that has enough of the upload's frames.</summary>
    public IEnumerable<FrameHit> FindQueryMatches() =>
        _videos.Values.Where(listed => listed.QueryFrames >= queryShare * _frames).Select(listed => listed.Closest);

    private sealed class Listed
    {
        public FrameHit Closest { get; set; }
        public int LastFrame { get; set; }
        public int QueryFrames { get; set; }
        public HashSet<int> Hashes { get; } = [];
    }
}
