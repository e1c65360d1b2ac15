namespace TakeItDown.Matching;

/// <summary>
/// Keeps <c>ScanUploads</c>, set on a group or on all controllers, away from this action or controller: it takes no uploads, or scans them
/// itself with <see cref="IContentScanner"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DisableUploadScanAttribute : Attribute;
