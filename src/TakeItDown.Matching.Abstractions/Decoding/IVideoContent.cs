namespace TakeItDown.Matching;

/// <summary>A video, as a decoder is given it: under a path, or as bytes in memory.</summary>
public interface IVideoContent
{
    /// <summary>How many bytes it has.</summary>
    long Length { get; }

    /// <summary>Gives it a path under which this process, or one that it starts, can read it from any place, until what is returned is disposed.</summary>
    ValueTask<IVideoFile> ShareAsync(CancellationToken cancellationToken);

    /// <summary>Gives its bytes, or as many as a span can hold, which are valid during the call only.</summary>
    /// <param name="state">Handed on.</param>
    /// <param name="function">Reads them.</param>
    TResult Use<TState, TResult>(TState state, VideoFunction<TState, TResult> function);
}

/// <summary>A path to a video.</summary>
public interface IVideoFile : IDisposable
{
    /// <summary>The path: one of ours, that says nothing of the upload.</summary>
    string Path { get; }
}

/// <summary>Something that is computed from a video in memory.</summary>
/// <param name="content">Its bytes.</param>
/// <param name="state">What was handed in.</param>
public delegate TResult VideoFunction<in TState, out TResult>(ReadOnlySpan<byte> content, TState state);
