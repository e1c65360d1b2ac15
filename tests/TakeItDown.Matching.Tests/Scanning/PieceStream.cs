namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A stream as networks give them: forward only, a little at a time, and perhaps with a wrong idea of its length.</summary>
internal sealed class PieceStream(byte[] content, int pieceLength) : Stream
{
    /// <summary>How many bytes were given out.</summary>
    public int Given { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Runs before each read.</summary>
    public Action? OnRead { get; set; }

    /// <summary>What it says of itself; it can be sought, then.</summary>
    public long? ClaimedLength { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => ClaimedLength is not null;

    public override bool CanWrite => false;

    public override long Length => ClaimedLength ?? throw new NotSupportedException();

    public override long Position
    {
        get => CanSeek ? Given : throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        OnRead?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        return Read(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        var length = Math.Min(Math.Min(buffer.Length, pieceLength), content.Length - Given);
        content.AsSpan(Given, length).CopyTo(buffer);
        Given += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
