using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Indexing.Digests;

/// <summary>Sets and tests the bits of one block of a <see cref="DigestFilter"/>: in each of eight words, the bit that the hash and the word's multiplier name.</summary>
internal static class FilterKernels
{
    /// <summary>The words of a block.</summary>
    public const int BlockWords = 8;

    /// <summary>Tests the block that starts with a word: false if the hash was surely never added to it.</summary>
    internal delegate bool Test(ref readonly uint block, uint hash);

    /// <summary>Fastest first. A block is 256 bits wide: wider registers have nothing to add, and narrower ones lack the shift by lanes.</summary>
    public static readonly Kernel<Test>[] Table =
    [
        new(KernelWidth.Vector256, Avx2.IsSupported, ContainsVector256),
        new(KernelWidth.Scalar, IsSupported: true, ContainsScalar),
    ];

    // A static readonly bool costs nothing once the method is compiled for good; a delegate costs as much as the test.
    private static readonly bool IsVector256 = KernelSelection.Choose(Table).Width == KernelWidth.Vector256;

    // The square roots of the first eight primes, made odd.
    private static ReadOnlySpan<uint> Multipliers =>
        [0x6A09E667, 0xBB67AE85, 0x3C6EF373, 0xA54FF53B, 0x510E527F, 0x9B05688D, 0x1F83D9AB, 0x5BE0CD19];

    public static void Add(ref uint block, uint hash)
    {
        for (var word = 0; word < BlockWords; word++) Unsafe.Add(ref block, word) |= 1u << (int)(Multipliers[word] * hash >> 27);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Contains(ref readonly uint block, uint hash) => IsVector256 ? ContainsVector256(in block, hash) : ContainsScalar(in block, hash);

    private static bool ContainsScalar(ref readonly uint block, uint hash)
    {
        for (var word = 0; word < BlockWords; word++)
        {
            if ((Unsafe.Add(ref Unsafe.AsRef(in block), word) >> (int)(Multipliers[word] * hash >> 27) & 1) == 0) return false;
        }
        return true;
    }

    // One lane a word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ContainsVector256(ref readonly uint block, uint hash)
    {
        var multipliers = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Multipliers));
        var bits = Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, (multipliers * hash) >>> 27);
        return Avx.TestC(Vector256.LoadUnsafe(in block), bits);
    }
}
