using Microsoft.Extensions.Options;
using TakeItDown.Matching.Input;

namespace TakeItDown.Matching.Content;

/// <summary>Computes what a scan would look up, of every kind, and looks nothing up.</summary>
internal sealed class ContentHasher(MediaPipeline pipeline, IOptions<MatchingOptions> matching) : IContentHasher
{
    private readonly MatchingOptions _options = matching.Value;

    public ValueTask<ContentHashes> HashAsync(Stream content, IProgress<VideoProgress>? progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return HashAsync((digests, token) => SpooledContent.ReadAsync(content, _options, digests, token), progress, cancellationToken);
    }

    public ValueTask<ContentHashes> HashFileAsync(string path, IProgress<VideoProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return HashAsync((digests, token) => SpooledContent.ReadFileAsync(path, _options, digests, isLent: false, token), progress, cancellationToken);
    }

    private async ValueTask<ContentHashes> HashAsync(
        Func<HashKinds, CancellationToken, ValueTask<SpooledContent>> read, IProgress<VideoProgress>? progress, CancellationToken cancellationToken)
    {
        var collector = new HashCollector(progress);
        using var content = await pipeline.RunAsync(read, collector, instruments: null, cancellationToken).ConfigureAwait(false);
        return collector.Finish(CurrentSettings.Of(_options));
    }
}
