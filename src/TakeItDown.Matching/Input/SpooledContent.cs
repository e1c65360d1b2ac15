using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace TakeItDown.Matching.Input;

/// <summary>
/// Content that was read once: in pooled memory if it is small, else in a private temporary file; digested on the way. A large file that the caller has on
/// disk is not written again for a child process to read.
/// </summary>
internal sealed class SpooledContent : IDisposable
{
    private const int ChunkLength = 128 * 1024;

    private readonly string _directory;
    private byte[] _buffer;
    private FileStream? _file, _source;
    private DateTime _written;
    private int _headLength;

    private SpooledContent(byte[] buffer, string directory) => (_buffer, _directory) = (buffer, directory);

    /// <summary>How many bytes were read.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the content went on beyond the limit; then only its beginning is here, and there are no digests.</summary>
    public bool IsOverLimit { get; private set; }

    /// <summary>The digests of the whole content.</summary>
    public HashValue[] Digests { get; private set; } = [];

    /// <summary>The first bytes, as many as telling the kind of media needs.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _headLength);

    /// <summary>Reads a stream to its end, or to a little over the limit.</summary>
    /// <param name="stream">The content.</param>
    /// <param name="options">The limits, and where temporary files go.</param>
    /// <param name="digestKinds">The digests to compute.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async ValueTask<SpooledContent> ReadAsync(
        Stream stream, MatchingOptions options, HashKinds digestKinds, CancellationToken cancellationToken)
    {
        var content = new SpooledContent(ArrayPool<byte>.Shared.Rent(FirstLength(stream, options)), options.TemporaryDirectory);
        return await content.ReadWholeAsync(stream, options, digestKinds, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a file to its end, or to a little over the limit. A large video stays where it is, for a child process to read.</summary>
    /// <inheritdoc cref="ReadAsync(Stream, MatchingOptions, HashKinds, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">The limits, and where temporary files go.</param>
    /// <param name="digestKinds">The digests to compute.</param>
    /// <param name="isLent">Whether <see cref="LendAsync"/> will be called, for which the content must be a copy.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async ValueTask<SpooledContent> ReadFileAsync(
        string path, MatchingOptions options, HashKinds digestKinds, bool isLent, CancellationToken cancellationToken)
    {
        var file = OwnFile.Open(path);
        var stays = false;
        try
        {
            stays = !isLent && file.CanSeek && file.Length > options.BufferBytes && SharedFile.IsPossible && OwnFile.IsPlainVideo(file);
            if (!stays) return await ReadAsync(file, options, digestKinds, cancellationToken).ConfigureAwait(false);
            var content = new SpooledContent(ArrayPool<byte>.Shared.Rent(ChunkLength), options.TemporaryDirectory) { _source = file, _written = OwnFile.Written(file) };
            return await content.ReadWholeAsync(file, options, digestKinds, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!stays) await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether it is longer than a span can be, so that <see cref="Use"/> would give its beginning only.</summary>
    public bool IsTooLongToUse(MatchingOptions options) => Length > options.LongestSpan;

    /// <summary>Gives the whole content, or as much of it as a span can hold, which is valid during the call only.</summary>
    public unsafe TResult Use<TState, TResult>(TState state, ContentFunction<TState, TResult> function)
    {
        // Whoever may write to the caller's file could cut it off under a mapping, which ends the process.
        if (_source is not null) _file ??= OwnFile.Copy(_source, Length, _directory);
        if (_file is null) return function(_buffer.AsSpan(0, (int)Length), state);

        using var mapping = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var view = mapping.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        try
        {
            return function(new ReadOnlySpan<byte>(pointer + view.PointerOffset, (int)Math.Min(Length, int.MaxValue)), state);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>Gives the content a path under which a child process can read it. Small content is written out for it.</summary>
    public async ValueTask<SharedFile> ShareAsync(CancellationToken cancellationToken)
    {
        if ((_file ?? _source) is { } open && SharedFile.IsPossible) return SharedFile.OfOpenFile(open);
        if (_file is null)
        {
            _file = PrivateTempFile.Create(_directory);
            await _file.WriteAsync(_buffer.AsMemory(0, (int)Length), cancellationToken).ConfigureAwait(false);
        }
        if (SharedFile.IsPossible) return SharedFile.OfOpenFile(_file);
        _file.Position = 0;
        return await SharedFile.CopyAsync(_file, _directory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lends the whole content as a stream, for the time of a call; afterwards nothing can be read from it, nor from this.</summary>
    public async ValueTask LendAsync(Func<Stream, ValueTask> use)
    {
        var stream = _file ?? (Stream)new MemoryStream(_buffer, 0, (int)Length, writable: false);
        await using var closing = stream.ConfigureAwait(false);
        stream.Position = 0;
        await use(stream).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a file which was read where it is was not changed meanwhile: what was digested is what was decoded.</summary>
    /// <exception cref="IOException">It was.</exception>
    public void ThrowIfChanged()
    {
        if (_source is not null && (_source.Length != Length || OwnFile.Written(_source) != _written)) throw new IOException("The file was changed while it was looked at.");
    }

    public void Dispose()
    {
        _file?.Dispose();
        _source?.Dispose();
        (_file, _source) = (null, null);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<SpooledContent> ReadWholeAsync(Stream stream, MatchingOptions options, HashKinds digestKinds, CancellationToken cancellationToken)
    {
        try
        {
            using var digests = new DigestComputer(digestKinds);
            await ReadAsync(stream, options, digests, cancellationToken).ConfigureAwait(false);
            if (!IsOverLimit) Digests = digests.Finish();
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async ValueTask ReadAsync(Stream stream, MatchingOptions options, DigestComputer digests, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(chunk.AsMemory(0, ChunkLength), cancellationToken).ConfigureAwait(false)) > 0)
            {
                KeepHead(chunk.AsSpan(0, read));
                if (Length + read > options.MaximumBytes)
                {
                    Length += read;
                    IsOverLimit = true;
                    return;
                }
                digests.Append(chunk.AsSpan(0, read));
                if (_source is null) await KeepAsync(chunk.AsMemory(0, read), options, cancellationToken).ConfigureAwait(false);
                Length += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Keeps the first bytes in memory, whatever becomes of the rest.</summary>
    private void KeepHead(ReadOnlySpan<byte> chunk)
    {
        var length = Math.Min(chunk.Length, MediaSniffer.HeadLength - _headLength);
        chunk[..length].CopyTo(_buffer.AsSpan(_headLength));
        _headLength += length;
    }

    private async ValueTask KeepAsync(ReadOnlyMemory<byte> chunk, MatchingOptions options, CancellationToken cancellationToken)
    {
        if (_file is null && Length + chunk.Length <= options.BufferBytes)
        {
            Grow((int)Length + chunk.Length);
            chunk.CopyTo(_buffer.AsMemory((int)Length));
        }
        else
        {
            if (_file is null)
            {
                _file = PrivateTempFile.Create(options.TemporaryDirectory);
                await _file.WriteAsync(_buffer.AsMemory(0, (int)Length), cancellationToken).ConfigureAwait(false);
            }
            await _file.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Grow(int length)
    {
        if (length <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _buffer.Length * 2));
        _buffer.AsSpan(0, (int)Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>A seekable stream says how much it holds; it may be wrong, so this sizes the first buffer and nothing else.</summary>
    private static int FirstLength(Stream stream, MatchingOptions options)
    {
        if (!stream.CanSeek) return ChunkLength;
        var remaining = stream.Length - stream.Position;
        return (int)Math.Clamp(remaining, ChunkLength, Math.Max(ChunkLength, options.BufferBytes));
    }
}

/// <summary>Something that is computed from content in memory.</summary>
internal delegate TResult ContentFunction<in TState, out TResult>(ReadOnlySpan<byte> content, TState state);
