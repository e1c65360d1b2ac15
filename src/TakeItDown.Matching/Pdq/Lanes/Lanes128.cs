using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TakeItDown.Matching.Pdq.Lanes;

/// <summary>Four floats: SSE, NEON.</summary>
internal readonly struct Lanes128(Vector128<float> value) : IFloatLanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    public static Lanes128 Load(ref float source) => new(Vector128.LoadUnsafe(ref source));

    public static void Store(Lanes128 lanes, ref float target) => lanes._value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SumBytes(ref byte source, int count)
    {
        var sums = Vector128<ushort>.Zero;
        for (var i = 0; i < count; i++)
            sums += Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, i))).AsByte());
        return new(Vector128.ConvertToSingle(Vector128.WidenLower(sums).AsInt32()));
    }

    public static int SumWholeMagnitudes(Lanes128 lanes) => Vector128.Sum(Vector128.Abs(Vector128.ConvertToInt32(lanes._value)));

    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref float source, nuint sourceStride, ref float target, nuint targetStride)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref source, sourceStride);
        var c = Vector128.LoadUnsafe(ref source, 2 * sourceStride);
        var d = Vector128.LoadUnsafe(ref source, 3 * sourceStride);
        if (Sse.IsSupported)
        {
            // a0 b0 a1 b1 | a2 b2 a3 b3, likewise c and d; then halves are joined.
            var lowAb = Sse.UnpackLow(a, b);
            var highAb = Sse.UnpackHigh(a, b);
            var lowCd = Sse.UnpackLow(c, d);
            var highCd = Sse.UnpackHigh(c, d);
            (a, b) = (Sse.MoveLowToHigh(lowAb, lowCd), Sse.MoveHighToLow(lowCd, lowAb));
            (c, d) = (Sse.MoveLowToHigh(highAb, highCd), Sse.MoveHighToLow(highCd, highAb));
        }
        else
        {
            (a, b, c, d) = (
                Vector128.Create(a[0], b[0], c[0], d[0]), Vector128.Create(a[1], b[1], c[1], d[1]),
                Vector128.Create(a[2], b[2], c[2], d[2]), Vector128.Create(a[3], b[3], c[3], d[3]));
        }
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, targetStride);
        c.StoreUnsafe(ref target, 2 * targetStride);
        d.StoreUnsafe(ref target, 3 * targetStride);
    }
}
