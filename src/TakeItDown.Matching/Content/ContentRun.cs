using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Videos;

namespace TakeItDown.Matching.Content;

/// <summary>One piece of content on its way through the pipeline.</summary>
/// <param name="content">What was read of it.</param>
/// <param name="sink">Takes what is found.</param>
/// <param name="instruments">Measures the stages; null where nobody does.</param>
/// <param name="clock">How long it may take.</param>
/// <param name="token">Stops the work: the clock's, or the caller's.</param>
internal sealed class ContentRun(SpooledContent content, IContentSink sink, MatchingInstruments? instruments, ScanClock clock, CancellationToken token)
{
    private int _parts;

    public SpooledContent Content => content;

    public IContentSink Sink => sink;

    public MatchingInstruments? Instruments => instruments;

    public ScanClock Clock => clock;

    public CancellationToken Token => token;

    /// <summary>How far the look has come: what goes wrong belongs to it.</summary>
    public ContentStage Stage { get; set; }

    /// <summary>Whether it has frames, which are looked at last.</summary>
    public bool IsMoving { get; set; }

    private MatchWays Way => Stage == ContentStage.Pages ? MatchWays.FurtherPages : MatchWays.Whole;

    /// <summary>Notes what could not be looked at.</summary>
    public void Miss(ScanReason reason) => Miss(reason, Way);

    /// <inheritdoc cref="Miss(ScanReason)"/>
    public void Miss(ScanReason reason, MatchWays way) => sink.Miss(new ContentGap { Reason = reason, Stage = Stage, Way = way });

    /// <summary>Notes that nothing more is looked at. What was looked at before stands: a plain picture is one, whatever becomes of its pages.</summary>
    public void MissRest(ScanReason reason)
    {
        Miss(reason);
        if (Stage != ContentStage.Pages) return;
        if (!IsMoving)
        {
            sink.Finish(ContentStage.Picture);
        }
        else if (sink.Wants(ContentStage.Frames))
        {
            Stage = ContentStage.Frames;
            Miss(reason, MatchWays.Whole);
        }
    }

    /// <summary>Hands on a picture, or a page of one. What could be read of a damaged one may still match; if it does not, that says nothing.</summary>
    public void Add(PictureHash picture)
    {
        if (picture.Reason != ScanReason.None) Miss(picture.Reason);
        if (picture.Looks.Count > 0) sink.AddPicture([.. picture.Looks.Select(look => look.In(Way, _parts, time: null))]);
        _parts++;
    }

    /// <summary>Hands on a frame: the looks at it that are not too plain.</summary>
    public void Add(FrameHash frame, MatchWays way, int minimumQuality)
    {
        sink.AddFrame([.. frame.ForLookup(minimumQuality).Select(look => look.In(way, _parts, frame.Time))]);
        _parts++;
    }
}
