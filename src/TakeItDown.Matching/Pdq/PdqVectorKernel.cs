using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Pdq.Lanes;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The kernel in any vector width. Every lane follows a row or a column of its own, with the running sum, the order of additions and the
/// roundings of the scalar kernel, so that the bits are the same. Of the last two passes of the blur only what the 64 x 64 picture takes is
/// computed.
/// </summary>
internal sealed class PdqVectorKernel<TLanes> : PdqKernel
    where TLanes : struct, IFloatLanes<TLanes>
{
    protected override void Shrink(PdqPicture picture, Span<float> small)
    {
        if (picture.Width == Small && picture.Height == Small)
        {
            for (var row = 0; row < Small; row++) PixelRow.ToLuma(picture.Row(row, []), picture.Format, small.Slice(row * Small, Small));
            return;
        }
        PdqBlur<TLanes>.Shrink(picture, small);
    }

    protected override int Quality(ReadOnlySpan<float> small)
    {
        ref var values = ref MemoryMarshal.GetReference(small);
        TLanes hundred = TLanes.Broadcast(100), range = TLanes.Broadcast(255);
        var steps = 0;
        for (var i = 0; i < Small * Small; i += TLanes.Count)
        {
            var here = TLanes.Load(ref Unsafe.Add(ref values, i));
            if (i < (Small - 1) * Small)
                steps += TLanes.SumWholeMagnitudes((here - TLanes.Load(ref Unsafe.Add(ref values, i + Small))) * hundred / range);
        }
        Span<float> right = stackalloc float[Small];
        for (var row = 0; row < Small; row++)
        {
            // The pixel past the row's end repeats its last one: a step of zero.
            var line = small.Slice(row * Small, Small);
            line[1..].CopyTo(right);
            right[Small - 1] = line[Small - 1];
            for (var x = 0; x < Small; x += TLanes.Count)
            {
                var here = TLanes.Load(ref Unsafe.Add(ref values, (row * Small) + x));
                steps += TLanes.SumWholeMagnitudes((here - TLanes.Load(ref right[x])) * hundred / range);
            }
        }
        return ScaleQuality(steps);
    }

    protected override void Dct(ReadOnlySpan<float> small, Span<float> spectrum)
    {
        Span<float> half = stackalloc float[PdqSpectrum.Side * Small];
        Multiply(PdqDctMatrix.Rows, small, Small, half);
        Multiply(half, PdqDctMatrix.Columns, PdqSpectrum.Side, spectrum);
    }

    /// <summary>A product of matrices, 16 x 64 by 64 x <paramref name="width"/>: each lane sums one element, from the first term to the last.</summary>
    private static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int width, Span<float> product)
    {
        ref var rights = ref MemoryMarshal.GetReference(right);
        for (var x = 0; x < width; x += TLanes.Count)
        {
            for (var i = 0; i < PdqSpectrum.Side; i += 4)
            {
                TLanes first = default, second = default, third = default, fourth = default;
                ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(left), i * Small);
                for (var k = 0; k < Small; k++)
                {
                    var factor = TLanes.Load(ref Unsafe.Add(ref rights, (k * width) + x));
                    first += TLanes.Broadcast(Unsafe.Add(ref row, k)) * factor;
                    second += TLanes.Broadcast(Unsafe.Add(ref row, k + Small)) * factor;
                    third += TLanes.Broadcast(Unsafe.Add(ref row, k + (2 * Small))) * factor;
                    fourth += TLanes.Broadcast(Unsafe.Add(ref row, k + (3 * Small))) * factor;
                }
                ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(product), (i * width) + x);
                TLanes.Store(first, ref target);
                TLanes.Store(second, ref Unsafe.Add(ref target, width));
                TLanes.Store(third, ref Unsafe.Add(ref target, 2 * width));
                TLanes.Store(fourth, ref Unsafe.Add(ref target, 3 * width));
            }
        }
    }
}
