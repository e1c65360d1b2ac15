using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Scanning;

/// <summary>What one scan finds, judged twice where a list or a way is only reported: by what is enforced, and by everything.</summary>
internal sealed class ScanFindings
{
    private readonly MatchWays _reportOnly;

    /// <summary>Begins a scan.</summary>
    /// <param name="lists">The lists in use.</param>
    /// <param name="floods">Counts what each entry matches.</param>
    /// <param name="reportOnly">The ways that are only reported.</param>
    /// <param name="isUpload">Whether it is of an upload, which counts.</param>
    public ScanFindings(ScanList[] lists, FloodControl floods, MatchWays reportOnly, bool isUpload)
    {
        _reportOnly = reportOnly;
        var counts = new UploadCounts(floods, reportOnly, isUpload);
        Everything = new Judgement(counts);
        Enforced = reportOnly == MatchWays.None && Array.TrueForAll(lists, static list => list.IsEnforced) ? Everything : new Judgement(counts);
    }

    /// <summary>What would be answered, were everything enforced.</summary>
    public Judgement Everything { get; }

    /// <summary>What is answered; the same object where everything is enforced.</summary>
    public Judgement Enforced { get; }

    /// <summary>Whether everything is enforced, so that there is but one judgement.</summary>
    public bool IsOne => ReferenceEquals(Everything, Enforced);

    /// <summary>Whether what is found or goes wrong in a way is enforced.</summary>
    public bool Enforces(MatchWays way) => (way & _reportOnly) == MatchWays.None;

    /// <summary>Whether what a list finds in a way is enforced.</summary>
    public bool Enforces(in ScanList list, MatchWays way) => list.IsEnforced && Enforces(way);

    public void Add(FrameHit frame)
    {
        Everything.Add(frame);
        if (!IsOne && Enforces(frame.List, frame.Way)) Enforced.Add(frame);
    }

    public void Add(in ScanList list, IndexHit hit, HashKind kind, int? quality, Orientation? orientation, MatchWays way)
    {
        Everything.Add(list, hit, kind, quality, orientation, way);
        if (!IsOne && Enforces(list, way)) Enforced.Add(list, hit, kind, quality, orientation, way);
    }
}
