using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TakeItDown.Matching.Pdq.Lanes;

/// <summary>Eight floats: AVX2.</summary>
internal readonly struct Lanes256(Vector256<float> value) : IFloatLanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));

    public static Lanes256 Load(ref float source) => new(Vector256.LoadUnsafe(ref source));

    public static void Store(Lanes256 lanes, ref float target) => lanes._value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SumBytes(ref byte source, int count)
    {
        var sums = Vector128<ushort>.Zero;
        for (var i = 0; i < count; i++)
            sums += Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, i))).AsByte());
        return new(Vector256.ConvertToSingle(Vector256.WidenLower(sums.ToVector256Unsafe()).AsInt32()));
    }

    public static int SumWholeMagnitudes(Lanes256 lanes) => Vector256.Sum(Vector256.Abs(Vector256.ConvertToInt32(lanes._value)));

    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        // Rows r and r + 4 share a register, in its two halves; four rows of such pairs are then transposed like a 4 x 4 square.
        for (nuint half = 0; half < 8; half += 4)
        {
            ref var column = ref Unsafe.Add(ref source, half);
            var a = Pair(ref column, 0, sourceStride);
            var b = Pair(ref column, 1, sourceStride);
            var c = Pair(ref column, 2, sourceStride);
            var d = Pair(ref column, 3, sourceStride);
            var lowAb = Avx.UnpackLow(a, b);
            var highAb = Avx.UnpackHigh(a, b);
            var lowCd = Avx.UnpackLow(c, d);
            var highCd = Avx.UnpackHigh(c, d);
            ref var row = ref Unsafe.Add(ref target, half * targetStride);
            Avx.Shuffle(lowAb, lowCd, 0b01_00_01_00).StoreUnsafe(ref row);
            Avx.Shuffle(lowAb, lowCd, 0b11_10_11_10).StoreUnsafe(ref row, targetStride);
            Avx.Shuffle(highAb, highCd, 0b01_00_01_00).StoreUnsafe(ref row, 2 * targetStride);
            Avx.Shuffle(highAb, highCd, 0b11_10_11_10).StoreUnsafe(ref row, 3 * targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(ref float column, nuint row, nuint stride) =>
        Vector256.Create(Vector128.LoadUnsafe(ref column, row * stride), Vector128.LoadUnsafe(ref column, (row + 4) * stride));
}
