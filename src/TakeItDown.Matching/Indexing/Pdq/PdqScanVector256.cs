using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Scans four hashes at a time, one to a register.</summary>
internal static class PdqScanVector256
{
    private const int Step = 4;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Scan(ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found)
    {
        var count = 0;
        var wanted = Unsafe.BitCast<PdqHash, Vector256<byte>>(query);
        var maximum = Vector256.Create((ushort)maximumDistance);
        ref var bytes = ref Unsafe.As<PdqHash, byte>(ref MemoryMarshal.GetReference(codes));
        var end = codes.Length - (codes.Length % Step);
        for (var i = 0; i < end; i += Step)
        {
            // In each 64-bit lane of a register the set bits of a quarter of a hash, at most 64; four registers share the 16-bit parts of a lane.
            ref var row = ref Unsafe.Add(ref bytes, (nint)i * 32);
            var counts = Count(Vector256.LoadUnsafe(ref row) ^ wanted)
                | (Count(Vector256.LoadUnsafe(ref row, 32) ^ wanted) << 16)
                | (Count(Vector256.LoadUnsafe(ref row, 64) ^ wanted) << 32)
                | (Count(Vector256.LoadUnsafe(ref row, 96) ^ wanted) << 48);

            // The four quarters of a hash are the four lanes: afterwards each lane holds the sum, at most 256.
            counts += Avx2.Permute4x64(counts, 0b_01_00_11_10);
            counts += Avx2.Permute4x64(counts, 0b_10_11_00_01);
            if (Vector256.LessThanOrEqualAny(counts.AsUInt16(), maximum)) count = PdqScans.ScanFrom(i, codes[..(i + Step)], query, maximumDistance, found, count);
        }
        return PdqScans.ScanFrom(end, codes, query, maximumDistance, found, count);
    }

    // The set bits of each byte from a table of half bytes, then added up over eight bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Count(Vector256<byte> bits)
    {
        var table = Vector256.Create(0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul, 0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul).AsByte();
        var low = Vector256.Create((byte)0x0F);
        var ones = Avx2.Shuffle(table, bits & low) + Avx2.Shuffle(table, (bits.AsUInt16() >>> 4).AsByte() & low);
        return Avx2.SumAbsoluteDifferences(ones, Vector256<byte>.Zero).AsUInt64();
    }
}
