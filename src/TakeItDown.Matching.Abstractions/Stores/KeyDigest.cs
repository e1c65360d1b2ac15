using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TakeItDown.Matching;

/// <summary>
/// A digest of an <see cref="EntryKey"/>, by which a store tells of an entry that is gone. Whoever holds the entry finds it by this. Nobody reads
/// a key, or the hash that some registries make it of, out of it; but whoever has a key, or can guess it, can tell that it was listed.
/// </summary>
/// <param name="Value">The first 16 bytes of SHA-256 over the length of the member's UTF-8 (four bytes, little-endian), the member and the id, as a big-endian number.</param>
public readonly record struct KeyDigest(UInt128 Value)
{
    /// <summary>The length of the digest in bytes.</summary>
    public const int Length = 16;

    /// <summary>Computes the digest of a key.</summary>
    public static KeyDigest Of(EntryKey key)
    {
        var memberLength = Encoding.UTF8.GetByteCount(key.Member);
        var length = sizeof(int) + memberLength + Encoding.UTF8.GetByteCount(key.Id);
        var names = length <= 512 ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(names, memberLength);
        Encoding.UTF8.GetBytes(key.Member, names[sizeof(int)..]);
        Encoding.UTF8.GetBytes(key.Id, names[(sizeof(int) + memberLength)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(names, digest);
        return new KeyDigest(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    /// <summary>Without the value.</summary>
    public override string ToString() => nameof(KeyDigest);
}
