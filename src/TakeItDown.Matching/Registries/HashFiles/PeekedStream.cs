namespace TakeItDown.Matching.Registries.HashFiles;

/// <summary>A stream whose beginning was looked at already, and is read once more: a pipe cannot be rewound.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _head;
    private int _next;

    /// <summary>Looks at the beginning.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="length">How many bytes to look at, where there are as many.</param>
    public PeekedStream(Stream stream, int length)
    {
        _rest = stream;
        var head = new byte[length];
        var read = stream.ReadAtLeast(head, length, throwOnEndOfStream: false);
        _head = head[..read];
        IsWhole = read < length;
    }

    /// <summary>The beginning.</summary>
    public ReadOnlySpan<byte> Head => _head;

    /// <summary>Whether the beginning is all there is.</summary>
    public bool IsWhole { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_next == _head.Length) return _rest.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length - _next);
        _head.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
