using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Scanning;

/// <summary>Measures scans for those who listen. Where nobody does, it steps aside.</summary>
internal sealed class MeasuredScanner(ContentScanner scanner, MatchingInstruments instruments) : IContentScanner
{
    public ValueTask<ScanResult> ScanAsync(Stream content, ScanOptions? options = null, CancellationToken cancellationToken = default) =>
        MeasureAsync(scanner.ScanAsync, content, options, cancellationToken);

    public ValueTask<ScanResult> ScanFileAsync(string path, ScanOptions? options = null, CancellationToken cancellationToken = default) =>
        MeasureAsync(scanner.ScanFileAsync, path, options, cancellationToken);

    public ScanResult Scan(PixelBuffer picture, ScanOptions? options = null)
    {
        if (!instruments.HearsScans) return scanner.Scan(picture, options);
        using var scan = instruments.Begin(TelemetryNames.ScanActivity);
        var result = scanner.Scan(picture, options);
        instruments.EndScan(scan, result);
        return result;
    }

    public ScanResult Scan(ContentHashes hashes, ScanOptions? options = null)
    {
        if (!instruments.HearsScans) return scanner.Scan(hashes, options);
        using var scan = instruments.Begin(TelemetryNames.ScanActivity);
        var result = scanner.Scan(hashes, options);
        instruments.EndScan(scan, result);
        return result;
    }

    public ScanResult Scan(ReadOnlySpan<HashValue> hashes, ScanOptions? options = null)
    {
        if (!instruments.HearsScans) return scanner.Scan(hashes, options);
        using var scan = instruments.Begin(TelemetryNames.ScanActivity);
        var result = scanner.Scan(hashes, options);
        instruments.EndScan(scan, result);
        return result;
    }

    private async ValueTask<ScanResult> MeasureAsync<TContent>(
        Func<TContent, ScanOptions?, CancellationToken, ValueTask<ScanResult>> scanAsync, TContent content, ScanOptions? options, CancellationToken cancellationToken)
    {
        if (!instruments.HearsScans) return await scanAsync(content, options, cancellationToken).ConfigureAwait(false);
        using var scan = instruments.Begin(TelemetryNames.ScanActivity);
        var result = await scanAsync(content, options, cancellationToken).ConfigureAwait(false);
        instruments.EndScan(scan, result);
        return result;
    }
}
