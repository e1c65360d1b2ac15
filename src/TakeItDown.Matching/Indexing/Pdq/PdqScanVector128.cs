using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Scans four hashes at a time, each in two registers; of portable operations only, so that it is NEON's code too.</summary>
internal static class PdqScanVector128
{
    private const int Step = 4;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Scan(ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found)
    {
        var count = 0;
        var (word0, word1, word2, word3) = query;
        var (first, second) = (Vector128.Create(word0, word1), Vector128.Create(word2, word3));
        var maximum = Vector128.Create((ushort)maximumDistance);
        ref var words = ref Unsafe.As<PdqHash, ulong>(ref MemoryMarshal.GetReference(codes));
        var end = codes.Length - (codes.Length % Step);
        for (var i = 0; i < end; i += Step)
        {
            // Each 64-bit lane has four 16-bit parts: part k holds the set bits of half of hash i + k.
            ref var row = ref Unsafe.Add(ref words, (nint)i * 4);
            var counts = Count(ref row, first, second)
                | (Count(ref Unsafe.Add(ref row, 4), first, second) << 16)
                | (Count(ref Unsafe.Add(ref row, 8), first, second) << 32)
                | (Count(ref Unsafe.Add(ref row, 12), first, second) << 48);

            // Both lanes then hold the sums of the two.
            counts += Vector128.Shuffle(counts, Vector128.Create(1ul, 0ul));
            if (Vector128.LessThanOrEqualAny(counts.AsUInt16(), maximum)) count = PdqScans.ScanFrom(i, codes[..(i + Step)], query, maximumDistance, found, count);
        }
        return PdqScans.ScanFrom(end, codes, query, maximumDistance, found, count);
    }

    // Bits are added up in pairs, fours and eights; the two registers' bytes, at most 8 each, then go into one, and a multiplication
    // would add them up, but there is none of 64 bits: three more halvings do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Count(ref ulong code, Vector128<ulong> first, Vector128<ulong> second)
    {
        var sums = Bytes(Vector128.LoadUnsafe(ref code) ^ first) + Bytes(Vector128.LoadUnsafe(ref code, 2) ^ second);
        sums = (sums & Vector128.Create(0x00FF_00FF_00FF_00FFul)) + ((sums >>> 8) & Vector128.Create(0x00FF_00FF_00FF_00FFul));
        sums += sums >>> 16;
        return (sums + (sums >>> 32)) & Vector128.Create(0xFFFFul);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Bytes(Vector128<ulong> bits)
    {
        bits -= (bits >>> 1) & Vector128.Create(0x5555_5555_5555_5555ul);
        bits = (bits & Vector128.Create(0x3333_3333_3333_3333ul)) + ((bits >>> 2) & Vector128.Create(0x3333_3333_3333_3333ul));
        return (bits + (bits >>> 4)) & Vector128.Create(0x0F0F_0F0F_0F0F_0F0Ful);
    }
}
