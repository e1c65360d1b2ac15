using Microsoft.Extensions.Options;
using TakeItDown.Matching;

namespace UploadApi;

/// <summary>What this platform does about each verdict: it refuses all but clean photos, as the package does, and holds matches for a reviewer.</summary>
public sealed class UploadPolicy(IOptions<UploadPolicyOptions> options, HeldUploads held) : RefuseUnlessClean(options)
{
    /// <inheritdoc/>
    public override ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancellationToken = default)
    {
        // Here a platform would also keep evidence and report, as its law asks. The uploader is told nothing that helps to get around it.
        if (scan.Result.Verdict == Verdict.Match) held.Hold(scan.Result.Matches);

        // An entry that matches far too much may be wrong, or spread right now: only a person can tell.
        if (scan.Result.Reason == ScanReason.Quarantined) held.Hold(scan.Result.Quarantined);

        return base.DecideAsync(scan, cancellationToken);
    }
}
