using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Scanning;

/// <summary>
/// Where content stands between 0 and 1: a list that takes a share of the traffic takes what stands below that share. Content of the same
/// bytes stands at the same place, for good and on every machine.
/// </summary>
internal static class ContentPosition
{
    /// <summary>What a stream is placed by, whatever kinds the lists hold.</summary>
    public const HashKinds Kinds = HashKinds.Sha256;

    /// <summary>The place of content, by the best of its hashes: SHA-256 before SHA-1, MD5 and PDQ; of several of one kind, the first.</summary>
    /// <param name="hashes">At least one hash.</param>
    /// <returns>0 up to, and without, 1.</returns>
    public static double Of(ReadOnlySpan<HashValue> hashes)
    {
        var best = hashes[0];
        foreach (var hash in hashes)
        {
            if (Rank(hash.Kind) > Rank(best.Kind)) best = hash;
        }
        // The bits of a PDQ hash are not even, so that each hash is hashed once more.
        Span<byte> even = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(best.Bytes, even);
        return (BinaryPrimitives.ReadUInt64BigEndian(even) >> 11) * Math.ScaleB(1, -53);
    }

    private static int Rank(HashKind kind) => kind == HashKind.Pdq ? 0 : (int)kind;
}
