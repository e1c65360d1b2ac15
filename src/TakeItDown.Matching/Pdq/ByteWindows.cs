using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Pdq.Lanes;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The box filter along rows of bytes. Sums of whole numbers are exact in any order, so that each window can be added up by itself, many
/// at a time.
/// </summary>
internal readonly struct ByteWindows<TLanes> : IDisposable
    where TLanes : struct, IFloatLanes<TLanes>
{
    private readonly BoxWindow<TLanes> _window;
    private readonly byte[]? _rented;

    // A row between zeros, so that windows may reach over its ends; and ones between zeros, whose sums say how much of each window is there.
    private readonly int _length;

    public ByteWindows(BoxWindow<TLanes> window, int width)
    {
        _window = window;
        _length = width + window.Size + (2 * TLanes.Count);
        _rented = ArrayPool<byte>.Shared.Rent(2 * _length);
        _rented.AsSpan().Clear();
        _rented.AsSpan(_length + window.Behind, width).Fill(1);
    }

    /// <summary>False for the default value, which blurs nothing.</summary>
    public bool IsInUse => _rented is not null;

    /// <summary>Blurs a row. The output is written in whole vectors.</summary>
    public void Blur(ReadOnlySpan<byte> row, ref float output)
    {
        row.CopyTo(_rented.AsSpan(_window.Behind));
        ref var source = ref MemoryMarshal.GetArrayDataReference(_rented!);
        for (var x = 0; x < row.Length; x += TLanes.Count)
        {
            ref var first = ref Unsafe.Add(ref source, x);
            var sums = TLanes.SumBytes(ref first, _window.Size);
            var means = _window.IsWhole(x, x + TLanes.Count - 1) ? _window.Mean(sums) : sums / TLanes.SumBytes(ref Unsafe.Add(ref first, _length), _window.Size);
            TLanes.Store(means, ref Unsafe.Add(ref output, x));
        }
    }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
