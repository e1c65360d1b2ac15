using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Content;

/// <summary>One piece of content on its way through the pipeline.</summary>
/// <param name="content">What was read of it.</param>
/// <param name="sink">Takes what is found.</param>
/// <param name="instruments">Measures the stages; null where nobody does.</param>
/// <param name="clock">How long it may take.</param>
/// <param name="token">Stops the work: the clock's, or the caller's.</param>
internal sealed class ContentRun(SpooledContent content, IContentSink sink, MatchingInstruments? instruments, ScanClock clock, CancellationToken token)
{
    public SpooledContent Content => content;

    public IContentSink Sink => sink;

    public MatchingInstruments? Instruments => instruments;

    public ScanClock Clock => clock;

    public CancellationToken Token => token;

    /// <summary>How far the look has come: what goes wrong belongs to it.</summary>
    public ContentStage Stage { get; set; }

    /// <summary>The way in which the content is looked at.</summary>
    public MatchWays Way => Stage == ContentStage.Pages ? MatchWays.FurtherPages : MatchWays.Whole;

    /// <summary>Notes what could not be looked at.</summary>
    public void Miss(ScanReason reason) => sink.Miss(new ContentGap(reason, Stage, Way));

    /// <summary>Hands on a picture, or a page of one. What could be read of a damaged one may still match; if it does not, that says nothing.</summary>
    public void Add(PictureHash picture, int part)
    {
        if (picture.Reason != ScanReason.None) Miss(picture.Reason);
        if (picture.Looks.Count > 0) sink.AddPicture([.. picture.Looks.Select(look => look.In(Way, part, time: null))]);
    }
}
