using System.Numerics;
using System.Runtime.CompilerServices;
using TakeItDown.Matching.Pdq.Lanes;

namespace TakeItDown.Matching.Pdq;

/// <summary>A sliding window of the box filter: what enters, what leaves, and the mean of what is in it. At both ends it is cut short.</summary>
internal readonly struct BoxWindow<TLanes>(int length, int size)
    where TLanes : struct, IFloatLanes<TLanes>
{
    private readonly int _length = length;
    private readonly bool _multiplies = BitOperations.IsPow2(size);
    private readonly float _reciprocal = 1f / size;

    public int Size { get; } = size;

    public int Ahead { get; } = size / 2;

    public int Behind => Size - Ahead - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Enters(int at) => at + Ahead < _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Leaves(int at) => at > Behind;

    /// <summary>Whether the windows of all pixels from the first to the last are whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsWhole(int first, int last) => first >= Behind && Enters(last);

    /// <summary>The mean at a pixel, each lane that of a row or column of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Mean(TLanes sum, int at) => IsWhole(at, at)
        ? Mean(sum)
        : sum / TLanes.Broadcast(Math.Min(at + Ahead, _length - 1) - Math.Max(at - Behind, 0) + 1);

    /// <summary>The mean where the window is whole: the sum divided; times the reciprocal where that is exact, which is several times faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Mean(TLanes sum) => _multiplies ? sum * TLanes.Broadcast(_reciprocal) : sum / TLanes.Broadcast(Size);
}
