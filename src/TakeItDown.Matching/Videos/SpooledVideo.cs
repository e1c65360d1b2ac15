using TakeItDown.Matching.Input;

namespace TakeItDown.Matching.Videos;

/// <summary>A video that was read once, for its decoders.</summary>
internal sealed class SpooledVideo(SpooledContent content) : IVideoContent
{
    public long Length => content.Length;

    /// <summary>What went wrong here and in no decoder: a full disk.</summary>
    public Exception? Failure { get; private set; }

    public async ValueTask<IVideoFile> ShareAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new VideoFile(await content.ShareAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failure = exception;
            throw;
        }
    }

    public TResult Use<TState, TResult>(TState state, VideoFunction<TState, TResult> function) =>
        content.Use((state, function), static (bytes, pair) => pair.function(bytes, pair.state));

    private sealed class VideoFile(SharedFile file) : IVideoFile
    {
        public string Path => file.Path;

        public void Dispose() => file.Dispose();
    }
}
