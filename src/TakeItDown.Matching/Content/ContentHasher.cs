namespace TakeItDown.Matching.Content;

/// <summary>Computes what a scan would look up, of every kind, and looks nothing up.</summary>
internal sealed class ContentHasher(MediaPipeline pipeline) : IContentHasher
{
    public async ValueTask<ContentHashes> HashAsync(Stream content, IProgress<VideoProgress>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var collector = new HashCollector(progress);
        using var read = await pipeline.RunAsync(content, collector, instruments: null, isKept: false, cancellationToken).ConfigureAwait(false);
        return collector.Finish();
    }
}
