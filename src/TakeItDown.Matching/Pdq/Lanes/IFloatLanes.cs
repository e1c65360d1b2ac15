using System.Numerics;

namespace TakeItDown.Matching.Pdq.Lanes;

/// <summary>
/// A vector of floats of one width, so that the kernel is written once. Every operator rounds each lane as the scalar operator does; there is
/// no fused multiply-add here on purpose.
/// </summary>
internal interface IFloatLanes<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IFloatLanes<TSelf>
{
    /// <summary>How many floats the vector holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TSelf Load(ref float source);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TSelf lanes, ref float target);

    /// <summary>In each lane the sum of so many bytes, at most 257: the first lane's from the source on, each other's from one byte further.</summary>
    static abstract TSelf SumBytes(ref byte source, int count);

    /// <summary>The sum over the lanes of the whole part, without its sign, of each.</summary>
    static abstract int SumWholeMagnitudes(TSelf lanes);

    /// <summary>Transposes a square of <see cref="Count"/> rows.</summary>
    static abstract void Transpose(ref float source, nuint sourceStride, ref float target, nuint targetStride);
}
