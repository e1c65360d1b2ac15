namespace TakeItDown.Matching.AspNetCore;

/// <summary>Says of an endpoint that <c>ScanUploads</c> is set on it.</summary>
/// <param name="Policy">Finds the policy, or throws where it is not there or set wrongly.</param>
/// <param name="IsCollective">Whether it is set on many endpoints at once, of which some may take no uploads.</param>
internal sealed record UploadScanMetadata(Func<IServiceProvider, IUploadPolicy> Policy, bool IsCollective);
