using Microsoft.AspNetCore.Http;

namespace TakeItDown.Matching;

/// <summary>A scanned upload, for the platform to decide on.</summary>
/// <param name="HttpContext">The request that carries the upload.</param>
/// <param name="File">The uploaded file.</param>
/// <param name="Result">What the scan found.</param>
public readonly record struct UploadScan(HttpContext HttpContext, IFormFile File, ScanResult Result)
{
    /// <summary>The verdict; no file name and no hash.</summary>
    public override string ToString() => $"UploadScan({Result})";
}
