using System.Diagnostics;
using System.Diagnostics.Metrics;
using static TakeItDown.Matching.Telemetry.TelemetryNames;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace TakeItDown.Matching.Telemetry;

/// <summary>
/// What the library measures. Tags hold names of lists and values of enumerations, and nothing that comes from content, a user or a
/// registry. Where nobody listens, a scan allocates nothing for it and reads no clock.
/// </summary>
internal sealed class MatchingInstruments : IDisposable
{
    /// <summary>A look-up takes about a millisecond, a scan two minutes at most (<see cref="MatchingOptions.MaximumScanTime"/>). The usual buckets begin at 5 s.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120],
    };

    private readonly TimeProvider _time;
    private readonly Counter<long> _scans, _reportOnlyScans, _matches, _decodeFailures, _floods, _syncs, _rejected, _feedbackAttempts;
    private readonly Gauge<long> _feedbackWaiting;
    private readonly Histogram<double> _scanDuration, _stageDuration, _syncDuration;

    public MatchingInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MatchingTelemetry.MeterName);
        _scans = meter.CreateCounter<long>(Scans, "{scan}", "Scans that came to an answer.");
        _reportOnlyScans = meter.CreateCounter<long>(ReportOnlyScans, "{scan}", "Scans that would have come to another answer, were everything enforced.");
        _scanDuration = meter.CreateHistogram<double>(ScanDuration, "s", "How long scans took, reading the upload included.", tags: null, Seconds);
        _stageDuration = meter.CreateHistogram<double>(StageDuration, "s", "How long the stages of scans took.", tags: null, Seconds);
        _matches = meter.CreateCounter<long>(Matches, "{match}", "Matches that scans found.");
        _decodeFailures = meter.CreateCounter<long>(DecodeFailures, "{file}", "Pictures and videos that could not be decoded whole.");
        _floods = meter.CreateCounter<long>(TelemetryNames.Floods, "{entry}", "Entries that began to match far more uploads than expected.");
        _syncs = meter.CreateCounter<long>(Syncs, "{sync}", "Refreshes of lists.");
        _syncDuration = meter.CreateHistogram<double>(SyncDuration, "s", "How long refreshes of lists took.", tags: null, Seconds);
        _rejected = meter.CreateCounter<long>(SyncRejected, "{record}", "Malformed records that refreshes left out.");
        _feedbackAttempts = meter.CreateCounter<long>(FeedbackAttempts, "{attempt}", "Attempts to send feedback to registries.");
        _feedbackWaiting = meter.CreateGauge<long>(FeedbackWaiting, "{word}", "Feedback that waits to be sent.");
    }

    /// <summary>Where activities come from.</summary>
    public ActivitySource Activities { get; } = new(MatchingTelemetry.ActivitySourceName);

    /// <summary>Whether anyone wants to know of scans as a whole.</summary>
    public bool HearsScans => _scans.Enabled || _reportOnlyScans.Enabled || _scanDuration.Enabled || _matches.Enabled || Activities.HasListeners();

    /// <summary>Begins a scan or a refresh.</summary>
    /// <param name="activityName">The name of its activity.</param>
    public Measured Begin(string activityName) => new(_time.GetTimestamp(), Activities.StartActivity(activityName));

    /// <summary>Tells how a scan ended.</summary>
    public void EndScan(in Measured scan, ScanResult result)
    {
        Tag verdict = new(VerdictTag, result.Verdict.ToString()), reason = new(ReasonTag, result.Reason.ToString()), media = new(MediaTag, result.Media.ToString());
        _scans.Add(1, verdict, reason, media);
        if (result.ReportOnly is { } reported)
            _reportOnlyScans.Add(1, verdict, reason, new Tag(ReportedVerdictTag, reported.Verdict.ToString()), new Tag(ReportedReasonTag, reported.Reason.ToString()));
        _scanDuration.Record(_time.GetElapsedTime(scan.Start).TotalSeconds, verdict, media);
        foreach (var match in result.Matches) _matches.Add(1, new Tag(ListTag, match.List), new Tag(KindTag, match.Kind.ToName()));
        scan.Activity?.AddTag(verdict.Key, verdict.Value).AddTag(reason.Key, reason.Value).AddTag(media.Key, media.Value);
    }

    /// <summary>Times a stage until it is disposed of.</summary>
    public StageTimer Time(ScanStage stage) => new(this, stage, _stageDuration.Enabled ? _time.GetTimestamp() : null, Activities.StartActivity(stage.ActivityName));

    /// <summary>Tells that a picture or video could not be decoded, or not whole.</summary>
    public void DecodeFailed(MediaKind media, ScanReason reason)
    {
        if (_decodeFailures.Enabled) _decodeFailures.Add(1, new Tag(MediaTag, media.ToString()), new Tag(ReasonTag, reason.ToString()));
    }

    /// <summary>Tells that an entry of a list began to match far more uploads than expected.</summary>
    public void Flooded(string list) => _floods.Add(1, new Tag(ListTag, list));

    /// <summary>Tells how a refresh ended.</summary>
    public void EndSync(in Measured sync, RefreshResult result)
    {
        Tag list = new(ListTag, result.List), outcome = new(OutcomeTag, result.Error is null ? "success" : "failure");
        _syncs.Add(1, list, outcome);
        _syncDuration.Record(_time.GetElapsedTime(sync.Start).TotalSeconds, list, outcome);
        Rejected(result.List, result.Rejected);
        sync.Activity?.AddTag(list.Key, list.Value).AddTag(outcome.Key, outcome.Value)
            .SetStatus(result.Error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    /// <summary>Tells how many malformed records were left out.</summary>
    public void Rejected(string list, long count)
    {
        if (count > 0) _rejected.Add(count, new Tag(ListTag, list));
    }

    /// <summary>Tells what became of an attempt to send feedback.</summary>
    public void FeedbackEnded(string list, string outcome) => _feedbackAttempts.Add(1, new Tag(ListTag, list), new Tag(OutcomeTag, outcome));

    /// <summary>Tells how much feedback waits to be sent.</summary>
    public void FeedbackWaits(string list, long count) => _feedbackWaiting.Record(count, new Tag(ListTag, list));

    public void Dispose() => Activities.Dispose();

    /// <summary>A scan or refresh under way.</summary>
    internal readonly record struct Measured(long Start, Activity? Activity) : IDisposable
    {
        public void Dispose() => Activity?.Dispose();
    }

    /// <summary>A stage under way.</summary>
    internal readonly record struct StageTimer(MatchingInstruments Owner, ScanStage Stage, long? Start, Activity? Activity) : IDisposable
    {
        public void Dispose()
        {
            if (Start is { } start) Owner._stageDuration.Record(Owner._time.GetElapsedTime(start).TotalSeconds, new Tag(StageTag, Stage.Name));
            Activity?.Dispose();
        }
    }
}
