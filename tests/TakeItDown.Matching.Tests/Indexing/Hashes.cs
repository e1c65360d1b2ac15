using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Indexing;

/// <summary>Hashes and entries to fill lists with.</summary>
internal static class Hashes
{
    public static PdqHash RandomPdq(Random random)
    {
        Span<byte> bytes = stackalloc byte[32];
        random.NextBytes(bytes);
        return PdqHash.FromBytes(bytes);
    }

    /// <summary>The hash with these bits turned over.</summary>
    public static PdqHash Flip(PdqHash hash, params IEnumerable<int> bits)
    {
        var (word0, word1, word2, word3) = hash;
        ulong[] words = [word0, word1, word2, word3];
        foreach (var bit in bits) words[bit / 64] ^= 1ul << (bit % 64);
        return new PdqHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>A number of different bits.</summary>
    public static int[] RandomBits(Random random, int count)
    {
        var bits = Enumerable.Range(0, PdqHash.BitCount).ToArray();
        random.Shuffle(bits);
        return bits[..count];
    }

    /// <summary>A digest that begins with <paramref name="head"/>, ends with <paramref name="tail"/> and has ones between them.</summary>
    public static HashValue Digest(HashKind kind, int head, int tail = 0)
    {
        Span<byte> bytes = stackalloc byte[kind.ByteLength()];
        bytes.Fill(1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, head);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[^4..], tail);
        return HashValue.FromBytes(kind, bytes);
    }

    public static ListEntry Entry(int id, params IReadOnlyList<HashValue> hashes) =>
        new() { Key = new EntryKey("1", id.ToString(System.Globalization.CultureInfo.InvariantCulture)), Media = MediaKind.Image, Hashes = hashes };
}
