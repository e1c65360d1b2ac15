using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// The random numbers of one table's hash function: c + Σ factor·word modulo 2^64, of which the upper 32 bits count, over the 32-bit
/// words of a digest; twice, for 64 bits. Digests are uniform already, but whoever submits to a list may invent some that begin alike.
/// With factors that nobody knows, any two digests, however chosen, get independent uniform numbers.
/// </summary>
internal readonly struct DigestSeed
{
    private readonly Factors _upper, _lower;

    private DigestSeed(Factors upper, Factors lower) => (_upper, _lower) = (upper, lower);

    public static DigestSeed CreateRandom()
    {
        Span<Factors> factors = stackalloc Factors[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(factors));
        return new DigestSeed(factors[0], factors[1]);
    }

    /// <summary>The sums before any word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Sums Start() => new(_upper[8], _lower[8]);

    /// <summary>The sums with two more words, the halves of <paramref name="words"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Sums Add(Sums sums, int first, ulong words) => new(
        sums.Upper + (_upper[first] * (uint)words) + (_upper[first + 1] * (words >> 32)),
        sums.Lower + (_lower[first] * (uint)words) + (_lower[first + 1] * (words >> 32)));

    /// <summary>Two sums under way.</summary>
    public readonly struct Sums(ulong upper, ulong lower)
    {
        public readonly ulong Upper = upper;
        public readonly ulong Lower = lower;

        /// <summary>The number that the digest gets.</summary>
        public ulong Hash => (Upper & 0xFFFF_FFFF_0000_0000) | (Lower >> 32);
    }

    // One for each of eight words, and the constant.
    [InlineArray(9)]
    private struct Factors
    {
        private ulong _first;
    }
}
