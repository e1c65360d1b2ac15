using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.AspNetCore;

/// <summary>What this package logs: events 300 to 319.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Warning,
        "ScanUploads scans forms. These endpoints take none, so that what is sent to them otherwise is not scanned: {Endpoints}. Scan it in the handler with "
        + "IContentScanner.ScanAsync, and say with DisableUploadScan that this is meant.")]
    public static partial void NotCovered(ILogger logger, string endpoints);
}
