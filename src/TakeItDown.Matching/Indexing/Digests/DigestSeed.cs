using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// The random numbers of one table's hash function, the upper half of c + Σ factor·word modulo 2^128. Digests are uniform already,
/// but whoever submits to a list may invent some that begin alike. With factors that nobody knows, any two digests, however chosen,
/// get independent uniform numbers.
/// </summary>
internal readonly struct DigestSeed
{
    public readonly Factor Constant, Factor0, Factor1, Factor2, Factor3;

    public static DigestSeed CreateRandom()
    {
        DigestSeed seed = default;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<DigestSeed>(ref seed)));
        return seed;
    }

    /// <summary>The sum before any word.</summary>
    public Sum Start() => new(Constant.High, Constant.Low);

    /// <summary>A number of 128 bits.</summary>
    public readonly struct Factor
    {
        public readonly ulong High, Low;
    }

    /// <summary>A sum modulo 2^128 under way.</summary>
    public readonly struct Sum(ulong high, ulong low)
    {
        public ulong High => high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sum Add(Factor factor, ulong word)
        {
            var carried = Math.BigMul(factor.Low, word, out ulong product);
            var sum = low + product;
            return new Sum(high + carried + (factor.High * word) + (sum < low ? 1UL : 0), sum);
        }
    }
}
