using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TakeItDown.Matching.Pdq.Lanes;

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly struct Lanes512(Vector512<float> value) : IFloatLanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    public static Lanes512 Load(ref float source) => new(Vector512.LoadUnsafe(ref source));

    public static void Store(Lanes512 lanes, ref float target) => lanes._value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SumBytes(ref byte source, int count)
    {
        var sums = Vector256<ushort>.Zero;
        for (var i = 0; i < count; i++)
            sums += Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)i).ToVector256Unsafe());
        return new(Vector512.ConvertToSingle(Vector512.WidenLower(sums.ToVector512Unsafe()).AsInt32()));
    }

    public static int SumWholeMagnitudes(Lanes512 lanes) => Vector512.Sum(Vector512.Abs(Vector512.ConvertToInt32(lanes._value)));

    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        // Four squares of 8 x 8, those off the diagonal exchanged.
        for (nuint down = 0; down < 16; down += 8)
        {
            for (nuint across = 0; across < 16; across += 8)
            {
                ref var from = ref Unsafe.Add(ref source, (down * sourceStride) + across);
                ref var to = ref Unsafe.Add(ref target, (across * targetStride) + down);
                Lanes256.Transpose(ref from, sourceStride, ref to, targetStride);
            }
        }
    }
}
