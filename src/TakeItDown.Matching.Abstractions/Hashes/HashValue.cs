using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching;

/// <summary>
/// A hash of any kind, held without allocation. Its text form is given by <see cref="ToHexString"/> only:
/// <see cref="ToString"/> names the kind and never the value, so that a hash does not reach a log by accident.
/// </summary>
[DebuggerDisplay("{Kind}")]
public readonly struct HashValue : IEquatable<HashValue>
{
    private readonly Bytes32 _bytes;

    private HashValue(HashKind kind, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        bytes.CopyTo(_bytes);
    }

    /// <summary>How the hash was computed; <see cref="HashKind.None"/> for the default value.</summary>
    public HashKind Kind { get; }

    /// <summary>The hash, as many bytes as <see cref="HashKindExtensions.ByteLength"/> says of its kind.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[..Kind.ByteLength()];

    /// <summary>Takes a hash from its bytes.</summary>
    /// <param name="kind">The kind of hash.</param>
    /// <param name="bytes">Exactly as many bytes as a hash of this kind has.</param>
    /// <exception cref="ArgumentException">The length does not fit the kind.</exception>
    public static HashValue FromBytes(HashKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind.ByteLength() == 0 || bytes.Length != kind.ByteLength())
            throw new ArgumentException($"A hash of kind {kind} has {kind.ByteLength()} bytes, not {bytes.Length}.", nameof(bytes));
        return new HashValue(kind, bytes);
    }

    /// <summary>Reads hexadecimal text, in either case, of exactly the length that the kind has.</summary>
    /// <returns>False where the text is not a hash of this kind; nothing is thrown.</returns>
    public static bool TryParse(HashKind kind, ReadOnlySpan<char> hex, out HashValue value)
    {
        Span<byte> bytes = stackalloc byte[32];
        var length = kind.ByteLength();
        if (length != 0 && hex.Length == length * 2
            && Convert.FromHexString(hex, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == length)
        {
            value = new HashValue(kind, bytes[..length]);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>The hash in lower-case hexadecimal. Treat it as you would treat the picture: keep it out of logs.</summary>
    public string ToHexString() => Convert.ToHexStringLower(Bytes);

    /// <summary>The kind of hash, never its value.</summary>
    public override string ToString() => $"HashValue({Kind})";

    /// <inheritdoc/>
    public bool Equals(HashValue other) => Kind == other.Kind && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HashValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, MemoryMarshal.Read<long>(_bytes));

    /// <summary>Whether two hashes are of one kind and value.</summary>
    public static bool operator ==(HashValue left, HashValue right) => left.Equals(right);

    /// <summary>Whether two hashes differ in kind or value.</summary>
    public static bool operator !=(HashValue left, HashValue right) => !left.Equals(right);

    [InlineArray(32)]
    private struct Bytes32
    {
        private byte _first;
    }
}
