using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TakeItDown.Matching.Indexing.Pdq;

/// <summary>Scans eight hashes at a time, two to a register.</summary>
internal static class PdqScanVector512
{
    private const int Step = 8;

    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Scan(ReadOnlySpan<PdqHash> codes, PdqHash query, int maximumDistance, Span<int> found)
    {
        var count = 0;
        var half = Unsafe.BitCast<PdqHash, Vector256<byte>>(query);
        var both = Vector512.Create(half, half);
        var maximum = Vector512.Create((ushort)maximumDistance);
        ref var bytes = ref Unsafe.As<PdqHash, byte>(ref MemoryMarshal.GetReference(codes));
        var end = codes.Length - (codes.Length % Step);
        for (var i = 0; i < end; i += Step)
        {
            // In each 64-bit lane of a register the set bits of a quarter of a hash, at most 64; four registers share the 16-bit parts of a lane.
            ref var row = ref Unsafe.Add(ref bytes, (nint)i * 32);
            var counts = Count(Vector512.LoadUnsafe(ref row) ^ both)
                | (Count(Vector512.LoadUnsafe(ref row, 64) ^ both) << 16)
                | (Count(Vector512.LoadUnsafe(ref row, 128) ^ both) << 32)
                | (Count(Vector512.LoadUnsafe(ref row, 192) ^ both) << 48);

            // The four quarters of a hash are the four lanes of a half: afterwards each lane holds the sum, at most 256.
            counts += Avx512F.Permute4x64(counts, 0b_01_00_11_10);
            counts += Avx512F.Permute4x64(counts, 0b_10_11_00_01);
            if (Vector512.LessThanOrEqualAny(counts.AsUInt16(), maximum)) count = PdqScans.ScanFrom(i, codes[..(i + Step)], query, maximumDistance, found, count);
        }
        return PdqScans.ScanFrom(end, codes, query, maximumDistance, found, count);
    }

    // The set bits of each byte from a table of half bytes, then added up over eight bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Count(Vector512<byte> bits)
    {
        var table = Vector512.Create(0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul, 0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul,
            0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul, 0x0302_0201_0201_0100ul, 0x0403_0302_0302_0201ul).AsByte();
        var low = Vector512.Create((byte)0x0F);
        var ones = Avx512BW.Shuffle(table, bits & low) + Avx512BW.Shuffle(table, (bits.AsUInt16() >>> 4).AsByte() & low);
        return Avx512BW.SumAbsoluteDifferences(ones, Vector512<byte>.Zero).AsUInt64();
    }
}
