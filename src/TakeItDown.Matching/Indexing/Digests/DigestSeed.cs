using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>
/// The random numbers of one table's hash function, the upper half of c + Σ factor·word modulo 2^128. Digests are uniform already,
/// but whoever submits to a list may invent some that begin alike. With factors that nobody knows, any two digests, however chosen,
/// get independent uniform numbers.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DigestSeed
{
    public readonly UInt128 Constant, Factor0, Factor1, Factor2, Factor3;

    public static DigestSeed CreateRandom()
    {
        DigestSeed seed = default;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<DigestSeed>(ref seed)));
        return seed;
    }

    public Sum Start() => new((ulong)(Constant >> 64), (ulong)Constant);

    /// <summary>A sum modulo 2^128 under way.</summary>
    public readonly struct Sum(ulong high, ulong low)
    {
        public ulong High => high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sum Add(in UInt128 factor, ulong word)
        {
            var carried = Math.BigMul((ulong)factor, word, out var product);
            var sum = low + product;
            return new Sum(high + carried + ((ulong)(factor >> 64) * word) + (sum < low ? 1UL : 0), sum);
        }
    }
}
