using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Hashing.Pdq.Lanes;

namespace TakeItDown.Matching.Hashing.Pdq;

/// <summary>
/// The kernel in any vector width. Every lane follows a row or a column of its own, with the running sum, the order of additions and the
/// roundings of the scalar kernel, so that the bits are the same. Rows are transposed in blocks, to have one row a lane.
/// Of the last two passes only what the 64 x 64 picture takes is computed.
/// </summary>
internal sealed class PdqVectorKernel<TLanes> : PdqKernel
    where TLanes : struct, IFloatLanes<TLanes>
{
    /// <summary>Rows that go through a pass together: two vectors, since one alone would wait for each addition.</summary>
    private static int Block => 2 * TLanes.Count;

    protected override void Shrink(LumaPlane luma, Span<float> small)
    {
        if (luma.Width == Small && luma.Height == Small)
        {
            for (var row = 0; row < Small; row++) luma.Row(row).CopyTo(small[(row * Small)..]);
            return;
        }

        var (width, height, stride) = (luma.Width, luma.Height, luma.Stride);
        // The first three passes follow each other block by block, while the rows are in the cache. Of the first pass no more rows are kept
        // than the window of the second spans, in a ring of whole blocks; of the second, one block.
        var ringRows = Block * (1 + ((Window(height) + Block - 1) / Block));
        var rented = ArrayPool<float>.Shared.Rent((stride * (ringRows + (3 * Block))) + (Small * (height + Block)));
        ref var entering = ref MemoryMarshal.GetArrayDataReference(rented);
        ref var leaving = ref Unsafe.Add(ref entering, stride * Block);
        ref var ring = ref Unsafe.Add(ref leaving, stride * Block);
        ref var block = ref Unsafe.Add(ref ring, stride * ringRows);
        ref var kept = ref Unsafe.Add(ref block, stride * Block);
        ref var values = ref MemoryMarshal.GetArrayDataReference(luma.Values);
        Span<float> sums = stackalloc float[stride];
        var down = new Box(height);
        int at = -down.Ahead, next = 0;
        for (var row = 0; row < height; row += Block)
        {
            TransposeBlock(ref Unsafe.Add(ref values, row * stride), stride, ref entering, stride);
            BlurColumnPairs(ref entering, ref leaving, width);
            TransposeBack(ref leaving, ref Unsafe.Add(ref ring, row % ringRows * stride), stride, stride);
            var end = row + Block < height ? row + Block - down.Ahead : height;
            while (at < end)
            {
                for (var stop = Math.Min(end, next + Block); at < stop; at++)
                    BlurDown(ref ring, ringRows, ref Unsafe.Add(ref block, Math.Max(at, 0) % Block * stride), stride, sums, ref down, at);
                if (at < height && at < next + Block) break;
                // The third pass, and from here on only the columns that are kept.
                TransposeBlock(ref block, stride, ref entering, stride);
                BlurPairsToSmall(ref entering, ref leaving, width, Block);
                TransposeBack(ref leaving, ref Unsafe.Add(ref kept, next * Small), Small, Small);
                next += Block;
            }
        }
        BlurDownToSmall(ref kept, ref MemoryMarshal.GetReference(small), height);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>A block of rows to columns of <see cref="Block"/> values.</summary>
    private static void TransposeBlock(ref float rows, int stride, ref float columns, int width)
    {
        for (var half = 0; half < Block; half += TLanes.Count)
        {
            for (var x = 0; x < width; x += TLanes.Count)
                TLanes.Transpose(ref Unsafe.Add(ref rows, (half * stride) + x), (nuint)stride, ref Unsafe.Add(ref columns, (x * Block) + half), (nuint)Block);
        }
    }

    /// <summary>Columns of <see cref="Block"/> values back to a block of rows.</summary>
    private static void TransposeBack(ref float columns, ref float rows, int stride, int width)
    {
        for (var half = 0; half < Block; half += TLanes.Count)
        {
            for (var x = 0; x < width; x += TLanes.Count)
                TLanes.Transpose(ref Unsafe.Add(ref columns, (x * Block) + half), (nuint)Block, ref Unsafe.Add(ref rows, (half * stride) + x), (nuint)stride);
        }
    }

    private static void BlurColumnPairs(ref float input, ref float output, int length)
    {
        var box = new Box(length);
        TLanes first = default, second = default;
        for (var at = -box.Ahead; at < length; at++)
        {
            Slide(ref input, Block, ref box, at, ref first, ref second);
            if (at < 0) continue;
            ref var target = ref Unsafe.Add(ref output, at * Block);
            TLanes.Store(box.Mean(first), ref target);
            TLanes.Store(box.Mean(second), ref Unsafe.Add(ref target, TLanes.Count));
        }
    }

    private static void BlurPairsToSmall(ref float input, ref float output, int length, int stride)
    {
        var box = new Box(length);
        TLanes first = default, second = default;
        var next = 0;
        for (var at = -box.Ahead; next < Small; at++)
        {
            Slide(ref input, stride, ref box, at, ref first, ref second);
            // A picture of under 64 pixels along a side keeps some of them more than once.
            for (; next < Small && Centre(next, length) == at; next++)
            {
                ref var target = ref Unsafe.Add(ref output, next * stride);
                TLanes.Store(box.Mean(first), ref target);
                TLanes.Store(box.Mean(second), ref Unsafe.Add(ref target, TLanes.Count));
            }
        }
    }

    /// <summary>Moves the window on by one: first the value that enters, then the one that leaves, as rounding depends on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slide(ref float input, int stride, ref Box box, int at, ref TLanes first, ref TLanes second)
    {
        if (box.Enters(at))
        {
            ref var entering = ref Unsafe.Add(ref input, (at + box.Ahead) * stride);
            first += TLanes.Load(ref entering);
            second += TLanes.Load(ref Unsafe.Add(ref entering, TLanes.Count));
        }
        if (box.Leaves(at))
        {
            ref var leaving = ref Unsafe.Add(ref input, (at - box.Behind - 1) * stride);
            first -= TLanes.Load(ref leaving);
            second -= TLanes.Load(ref Unsafe.Add(ref leaving, TLanes.Count));
        }
    }

    /// <summary>One row of the pass along columns: one column a lane, the sums of a whole row kept beside.</summary>
    private static void BlurDown(ref float ring, int rows, ref float target, int stride, Span<float> sums, ref Box box, int at)
    {
        var enters = box.Enters(at);
        var leaves = box.Leaves(at);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var entering = ref enters ? ref Unsafe.Add(ref ring, (at + box.Ahead) % rows * stride) : ref ring;
        ref var leaving = ref leaves ? ref Unsafe.Add(ref ring, (at - box.Behind - 1) % rows * stride) : ref ring;
        for (var x = 0; x < stride; x += TLanes.Count)
        {
            var lanes = TLanes.Load(ref Unsafe.Add(ref sum, x));
            if (enters) lanes += TLanes.Load(ref Unsafe.Add(ref entering, x));
            if (leaves) lanes -= TLanes.Load(ref Unsafe.Add(ref leaving, x));
            TLanes.Store(lanes, ref Unsafe.Add(ref sum, x));
            if (at >= 0) TLanes.Store(box.Mean(lanes), ref Unsafe.Add(ref target, x));
        }
    }

    /// <summary>The same over the 64 columns that are left, keeping 64 rows.</summary>
    private static void BlurDownToSmall(ref float input, ref float small, int height)
    {
        for (var x = 0; x < Small; x += Block) BlurPairsToSmall(ref Unsafe.Add(ref input, x), ref Unsafe.Add(ref small, x), height, Small);
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

    /// <summary>A sliding window of the box filter: what enters, what leaves, and the mean of what is in it.</summary>
    private struct Box(int length)
    {
        private readonly int _length = length;
        private int _count;
        private TLanes _divisor;
        private TLanes _reciprocal;
        private bool _isPowerOfTwo;

        public readonly int Ahead { get; } = Window(length) / 2;

        public readonly int Behind { get; } = Window(length) - (Window(length) / 2) - 1;

        public bool Enters(int at)
        {
            if (at + Ahead >= _length) return false;
            if (at <= Behind) Count(_count + 1);
            return true;
        }

        public bool Leaves(int at)
        {
            if (at <= Behind) return false;
            if (at + Ahead >= _length) Count(_count - 1);
            return true;
        }

        /// <summary>The sum divided by the count; times the reciprocal where that is exact, which is several times faster.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TLanes Mean(TLanes sum) => _isPowerOfTwo ? sum * _reciprocal : sum / _divisor;

        private void Count(int count)
        {
            _count = count;
            _isPowerOfTwo = BitOperations.IsPow2(count);
            _divisor = TLanes.Broadcast(count);
            _reciprocal = TLanes.Broadcast(1f / count);
        }
    }
}
