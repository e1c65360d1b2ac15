using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;

namespace TakeItDown.Matching;

/// <summary>
/// A PDQ hash: 256 bits, one for each of 16 x 16 spatial frequencies of a picture. Two hashes of similar pictures differ in few bits.
/// Bit k is bit k % 64 of word k / 64; the text form starts with bit 255, as the reference implementation writes it.
/// </summary>
[DebuggerDisplay("PDQ")]
public readonly struct PdqHash : IEquatable<PdqHash>
{
    /// <summary>The number of bits in a hash, and so the largest distance there is.</summary>
    public const int BitCount = 256;

    private readonly ulong _word0, _word1, _word2, _word3;

    /// <summary>Makes a hash of its four words; bit 0 of the hash is the lowest bit of <paramref name="word0"/>.</summary>
    public PdqHash(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        _word0 = word0;
        _word1 = word1;
        _word2 = word2;
        _word3 = word3;
    }

    /// <summary>How many bits are set; about 128 in the hash of any real picture, since the threshold is the median.</summary>
    public int PopCount =>
        BitOperations.PopCount(_word0) + BitOperations.PopCount(_word1) + BitOperations.PopCount(_word2) + BitOperations.PopCount(_word3);

    /// <summary>The words of the hash, lowest bits first.</summary>
    public void Deconstruct(out ulong word0, out ulong word1, out ulong word2, out ulong word3) =>
        (word0, word1, word2, word3) = (_word0, _word1, _word2, _word3);

    /// <summary>The number of bits in which two hashes differ, 0 to 256.</summary>
    public int DistanceTo(PdqHash other) =>
        BitOperations.PopCount(_word0 ^ other._word0) + BitOperations.PopCount(_word1 ^ other._word1)
        + BitOperations.PopCount(_word2 ^ other._word2) + BitOperations.PopCount(_word3 ^ other._word3);

    /// <summary>Takes a hash from the 32 bytes that its text form spells.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public static PdqHash FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 32) throw new ArgumentException($"A PDQ hash has 32 bytes, not {bytes.Length}.", nameof(bytes));
        return new PdqHash(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>Takes the PDQ hash out of a hash of any kind.</summary>
    /// <exception cref="ArgumentException">It is of another kind.</exception>
    public static PdqHash FromValue(HashValue value)
    {
        if (value.Kind != HashKind.Pdq) throw new ArgumentException($"A hash of kind {value.Kind} is no PDQ hash.", nameof(value));
        return FromBytes(value.Bytes);
    }

    /// <summary>Reads 64 hexadecimal digits, in either case.</summary>
    /// <returns>False where the text is not a PDQ hash; nothing is thrown.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out PdqHash hash)
    {
        if (HashValue.TryParse(HashKind.Pdq, hex, out var value))
        {
            hash = FromBytes(value.Bytes);
            return true;
        }
        hash = default;
        return false;
    }

    /// <summary>Writes the 32 bytes that the text form spells.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> holds fewer than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < 32) throw new ArgumentException("A PDQ hash needs 32 bytes.", nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _word3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _word2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _word1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _word0);
    }

    /// <summary>The same hash as a value of any kind.</summary>
    public HashValue ToValue()
    {
        Span<byte> bytes = stackalloc byte[32];
        CopyTo(bytes);
        return HashValue.FromBytes(HashKind.Pdq, bytes);
    }

    /// <summary>The hash as 64 lower-case hexadecimal digits. Treat it as you would treat the picture: keep it out of logs.</summary>
    public string ToHexString() => ToValue().ToHexString();

    /// <summary>The name of the type, never the hash.</summary>
    public override string ToString() => nameof(PdqHash);

    /// <inheritdoc/>
    public bool Equals(PdqHash other) =>
        _word0 == other._word0 && _word1 == other._word1 && _word2 == other._word2 && _word3 == other._word3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdqHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_word0, _word1, _word2, _word3);

    /// <summary>Whether two hashes are equal in every bit.</summary>
    public static bool operator ==(PdqHash left, PdqHash right) => left.Equals(right);

    /// <summary>Whether two hashes differ in any bit.</summary>
    public static bool operator !=(PdqHash left, PdqHash right) => !left.Equals(right);
}
