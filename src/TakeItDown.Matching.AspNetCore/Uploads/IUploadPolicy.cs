using Microsoft.AspNetCore.Http;

namespace TakeItDown.Matching;

/// <summary>What a platform does about each verdict. <see cref="RefuseUnlessClean"/> is the one that <c>ScanUploads()</c> uses.</summary>
public interface IUploadPolicy
{
    /// <summary>Decides on one file of a form. It is asked for every verdict, so that none is decided in silence.</summary>
    /// <param name="scan">The upload, and what the scan found.</param>
    /// <param name="cancellationToken">The request was given up.</param>
    /// <returns>An answer that is sent in the handler's place, or null to accept the file.</returns>
    ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancellationToken = default);
}
