using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Pdq.Lanes;

namespace TakeItDown.Matching.Pdq;

/// <summary>
/// The four passes of the blur, along rows, columns, rows and columns, block of rows by block. Of the last two only what is kept is computed.
/// </summary>
internal static class PdqBlur<TLanes>
    where TLanes : struct, IFloatLanes<TLanes>
{
    private const int Small = PdqKernel.Small;

    // From here on a running sum costs less than to add up every window, even with the transpositions that it needs.
    private const int WidestAddedUp = 32;

    /// <summary>Rows that go through a pass together: two vectors, since one alone would wait for each addition.</summary>
    private static int Block => 2 * TLanes.Count;

    /// <summary>Blurs a picture and keeps 64 x 64 of it.</summary>
    public static void Shrink(PdqPicture picture, Span<float> small)
    {
        var (width, height) = (picture.Width, picture.Height);
        var across = new BoxWindow<TLanes>(width, PdqKernel.Window(width));
        var down = new BoxWindow<TLanes>(height, PdqKernel.Window(height));
        var stride = Math.Max((width + Block - 1) / Block * Block, Small);
        // The first three passes follow each other while the rows are in the cache. Of the first pass as many rows are kept as the window of the
        // second spans, and the block that is being added, in a ring of whole blocks; of the second pass, one block.
        var ringRows = Block * (1 + ((down.Size + Block - 1) / Block));
        var rented = ArrayPool<float>.Shared.Rent((stride * (ringRows + (3 * Block) + 1)) + (Small * (height + Block)));
        ref var columns = ref MemoryMarshal.GetArrayDataReference(rented);
        ref var blurredColumns = ref Unsafe.Add(ref columns, stride * Block);
        ref var ring = ref Unsafe.Add(ref blurredColumns, stride * Block);
        ref var block = ref Unsafe.Add(ref ring, stride * ringRows);
        ref var sums = ref Unsafe.Add(ref block, stride * Block);
        ref var kept = ref Unsafe.Add(ref sums, stride);
        MemoryMarshal.CreateSpan(ref sums, stride).Clear();
        using var bytes = picture.Format == PixelFormat.Grey8 && across.Size <= WidestAddedUp ? new ByteWindows<TLanes>(across, width) : default;
        Span<byte> pixels = stackalloc byte[PdqPicture.RowScratch];

        // The row that the second pass is at, before the first while its window fills; and the first row of the block that it fills.
        int at = -down.Ahead, filling = 0;
        for (var row = 0; row < height; row += Block)
        {
            ref var blurred = ref Unsafe.Add(ref ring, row % ringRows * stride);
            var rows = Math.Min(Block, height - row);
            if (bytes.IsInUse)
            {
                for (var i = 0; i < rows; i++) bytes.Blur(picture.Row(row + i, pixels), ref Unsafe.Add(ref blurred, i * stride));
            }
            else
            {
                for (var i = 0; i < rows; i++)
                    PixelRow.ToLuma(picture.Row(row + i, pixels), picture.Format, MemoryMarshal.CreateSpan(ref Unsafe.Add(ref blurredColumns, i * stride), width));
                TransposeBlock(ref blurredColumns, stride, ref columns, stride);
                BlurColumnPairs(ref columns, ref blurredColumns, width, across);
                TransposeBack(ref blurredColumns, ref blurred, stride, stride);
            }
            var end = row + Block < height ? row + Block - down.Ahead : height;
            while (at < end)
            {
                for (var stop = Math.Min(end, filling + Block); at < stop; at++)
                    BlurDown(ref ring, ringRows, ref Unsafe.Add(ref block, Math.Max(at, 0) % Block * stride), stride, ref sums, down, at);
                if (at < height && at < filling + Block) break;
                // The block is full: the third pass, and from here on only the columns that are kept.
                TransposeBlock(ref block, stride, ref columns, stride);
                BlurPairsToSmall(ref columns, ref blurredColumns, width, across, Block);
                TransposeBack(ref blurredColumns, ref Unsafe.Add(ref kept, filling * Small), Small, Small);
                filling += Block;
            }
        }
        for (var x = 0; x < Small; x += Block) BlurPairsToSmall(ref Unsafe.Add(ref kept, x), ref small[x], height, down, Small);
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

    private static void BlurColumnPairs(ref float input, ref float output, int length, BoxWindow<TLanes> window)
    {
        TLanes first = default, second = default;
        for (var at = -window.Ahead; at < length; at++)
        {
            Slide(ref input, Block, window, at, ref first, ref second);
            if (at >= 0) Put(ref output, Block, window, at, at, first, second);
        }
    }

    private static void BlurPairsToSmall(ref float input, ref float output, int length, BoxWindow<TLanes> window, int stride)
    {
        TLanes first = default, second = default;
        var at = -window.Ahead;
        for (var i = 0; i < Small; i++)
        {
            // A picture of under 64 pixels along a side keeps some of them more than once.
            for (var centre = PdqKernel.Centre(i, length); at <= centre; at++) Slide(ref input, stride, window, at, ref first, ref second);
            Put(ref output, stride, window, i, at - 1, first, second);
        }
    }

    /// <summary>Moves the window on by one: first the value that enters, then the one that leaves, as rounding depends on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slide(ref float input, int stride, BoxWindow<TLanes> window, int at, ref TLanes first, ref TLanes second)
    {
        if (window.Enters(at))
        {
            ref var entering = ref Unsafe.Add(ref input, (at + window.Ahead) * stride);
            first += TLanes.Load(ref entering);
            second += TLanes.Load(ref Unsafe.Add(ref entering, TLanes.Count));
        }
        if (window.Leaves(at))
        {
            ref var leaving = ref Unsafe.Add(ref input, (at - window.Behind - 1) * stride);
            first -= TLanes.Load(ref leaving);
            second -= TLanes.Load(ref Unsafe.Add(ref leaving, TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref float output, int stride, BoxWindow<TLanes> window, int index, int at, TLanes first, TLanes second)
    {
        ref var target = ref Unsafe.Add(ref output, index * stride);
        TLanes.Store(window.Mean(first, at), ref target);
        TLanes.Store(window.Mean(second, at), ref Unsafe.Add(ref target, TLanes.Count));
    }

    /// <summary>One row of the pass along columns: one column a lane, the sums of a whole row kept beside.</summary>
    private static void BlurDown(ref float ring, int rows, ref float target, int stride, ref float sums, BoxWindow<TLanes> window, int at)
    {
        var enters = window.Enters(at);
        var leaves = window.Leaves(at);
        ref var entering = ref enters ? ref Unsafe.Add(ref ring, (at + window.Ahead) % rows * stride) : ref ring;
        ref var leaving = ref leaves ? ref Unsafe.Add(ref ring, (at - window.Behind - 1) % rows * stride) : ref ring;
        for (var x = 0; x < stride; x += TLanes.Count)
        {
            var lanes = TLanes.Load(ref Unsafe.Add(ref sums, x));
            if (enters) lanes += TLanes.Load(ref Unsafe.Add(ref entering, x));
            if (leaves) lanes -= TLanes.Load(ref Unsafe.Add(ref leaving, x));
            TLanes.Store(lanes, ref Unsafe.Add(ref sums, x));
            if (at >= 0) TLanes.Store(window.Mean(lanes, at), ref Unsafe.Add(ref target, x));
        }
    }
}
