using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TakeItDown.Matching.Sqlite;

/// <summary>
/// By what the store finds an entry: 16 bytes of the SHA-256 digest of its list, member and id. An index of these is half as long as
/// one of the names themselves, and nobody can choose names that meet: that would take 2^64 attempts.
/// </summary>
internal sealed class EntryKeyDigest : IDisposable
{
    public const int Length = 16;

    private readonly ArrayBufferWriter<byte> _names = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Computes the digest, as a number in the order in which SQLite sorts its bytes.</summary>
    public UInt128 Compute(long list, EntryKey key)
    {
        _names.ResetWrittenCount();
        BinaryPrimitives.WriteInt64LittleEndian(_names.GetSpan(8), list);
        _names.Advance(8);
        // With its length, so that no two pairs of names give the same bytes.
        BinaryPrimitives.WriteInt32LittleEndian(_names.GetSpan(4), Encoding.UTF8.GetByteCount(key.Member));
        _names.Advance(4);
        Encoding.UTF8.GetBytes(key.Member, _names);
        Encoding.UTF8.GetBytes(key.Id, _names);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.AppendData(_names.WrittenSpan);
        _hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    public void Dispose() => _hash.Dispose();
}
