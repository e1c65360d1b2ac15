namespace TakeItDown.Matching.Telemetry;

/// <summary>Every name of an instrument, an activity or a tag.</summary>
internal static class TelemetryNames
{
    public const string Scans = "takeitdown.scans";
    public const string ReportOnlyScans = "takeitdown.scans.report_only";
    public const string ScanDuration = "takeitdown.scan.duration";
    public const string StageDuration = "takeitdown.scan.stage.duration";
    public const string Matches = "takeitdown.matches";
    public const string DecodeFailures = "takeitdown.decode.failures";
    public const string ListAge = "takeitdown.list.age";
    public const string ListEntries = "takeitdown.list.entries";
    public const string Syncs = "takeitdown.syncs";
    public const string SyncDuration = "takeitdown.sync.duration";
    public const string SyncRejected = "takeitdown.sync.rejected";
    public const string Floods = "takeitdown.floods";
    public const string FeedbackAttempts = "takeitdown.feedback.attempts";
    public const string FeedbackWaiting = "takeitdown.feedback.waiting";

    public const string ScanActivity = "takeitdown.scan";
    public const string SyncActivity = "takeitdown.sync";

    public const string VerdictTag = "verdict";
    public const string ReasonTag = "reason";
    public const string ReportedVerdictTag = "reported_verdict";
    public const string ReportedReasonTag = "reported_reason";
    public const string MediaTag = "media";
    public const string StageTag = "stage";
    public const string ListTag = "list";
    public const string KindTag = "kind";
    public const string OutcomeTag = "outcome";
}
