using TakeItDown.Matching;

namespace UploadApi;

/// <summary>What this platform does about each verdict. The library leaves it to the platform; another may choose otherwise.</summary>
public static class UploadPolicy
{
    /// <summary>An answer in place of the handler's, or null to accept the photo.</summary>
    public static IResult? Decide(UploadScan scan) => scan.Result switch
    {
        // Here a platform would also keep evidence and report, as its law asks. The uploader is told nothing that helps to get around it.
        { Verdict: Verdict.Match } => Held(scan, scan.Result.Matches),

        // An entry that matches far too much may be wrong, or spread right now: only a person can tell.
        { Reason: ScanReason.Quarantined } => Held(scan, scan.Result.Quarantined),

        // Before the list is there, nothing can be said of any photo: the uploader is to come back.
        { Verdict: Verdict.ListUnavailable } => Unavailable(scan.HttpContext),
        { Reason: ScanReason.Busy or ScanReason.TimedOut } => Unavailable(scan.HttpContext),

        // A plain picture is fine to keep: its digests were checked, and there is little to be seen on it.
        { Verdict: Verdict.NotScannable, Reason: ScanReason.TooPlain } => null,

        // What cannot be looked at is refused in the very words of a match.
        { Verdict: Verdict.NotScannable } => Refused(),

        _ => null,
    };

    /// <summary>A reviewer sees it later, and may tell the registry whether the entry is right.</summary>
    private static IResult Held(UploadScan scan, IReadOnlyList<Match> matches)
    {
        scan.HttpContext.RequestServices.GetRequiredService<HeldUploads>().Hold(matches);
        return Refused();
    }

    private static IResult Refused() => Results.Problem(title: "This file cannot be accepted.", statusCode: StatusCodes.Status422UnprocessableEntity);

    private static IResult Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return Results.Problem(title: "Uploads are paused. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
