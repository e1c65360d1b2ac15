using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pdq;

/// <summary>How a stored picture is turned: its columns and its rows reversed or not, then exchanged for each other or not.</summary>
internal readonly record struct PictureTurn(bool ReverseColumns, bool ReverseRows, bool Exchange)
{
    /// <summary>Whether the picture stays as it is stored.</summary>
    public bool IsNone => this == default;

    /// <summary>The turn of a stored picture that an orientation names.</summary>
    public static PictureTurn Of(Orientation orientation) => orientation switch
    {
        Orientation.Rotate90 => new(ReverseColumns: true, ReverseRows: false, Exchange: true),
        Orientation.Rotate180 => new(ReverseColumns: true, ReverseRows: true, Exchange: false),
        Orientation.Rotate270 => new(ReverseColumns: false, ReverseRows: true, Exchange: true),
        Orientation.FlipX => new(ReverseColumns: false, ReverseRows: true, Exchange: false),
        Orientation.FlipY => new(ReverseColumns: true, ReverseRows: false, Exchange: false),
        Orientation.FlipPlus1 => new(ReverseColumns: false, ReverseRows: false, Exchange: true),
        Orientation.FlipMinus1 => new(ReverseColumns: true, ReverseRows: true, Exchange: true),
        _ => default,
    };

    /// <summary>Writes the pixels of the turned picture, row after row without a gap: as many bytes as the stored ones take.</summary>
    public void Write(PixelBuffer stored, Span<byte> turned)
    {
        switch (PixelBuffer.BytesPerPixel(stored.Format))
        {
            case 1: Write<byte>(stored, turned); break;
            case 3: Write<PixelRow.ThreeBytes>(stored, turned); break;
            default: Write<uint>(stored, turned); break;
        }
    }

    private void Write<T>(PixelBuffer stored, Span<byte> bytes)
        where T : unmanaged
    {
        // Both pictures are gone over in squares, whose lines of either stay in the cache.
        const int Square = 16;
        var (width, height) = (stored.Width, stored.Height);
        var turned = MemoryMarshal.Cast<byte, T>(bytes)[..(width * height)];
        if (!Exchange)
        {
            for (var row = 0; row < height; row++)
            {
                var to = turned.Slice(row * width, width);
                MemoryMarshal.Cast<byte, T>(stored.Row(ReverseRows ? height - 1 - row : row)).CopyTo(to);
                if (ReverseColumns) to.Reverse();
            }
            return;
        }
        ref var first = ref MemoryMarshal.GetReference(turned);
        nint step = ReverseColumns ? -height : height;
        for (var top = 0; top < height; top += Square)
        {
            for (var left = 0; left < width; left += Square)
            {
                var (bottom, right) = (Math.Min(top + Square, height), Math.Min(left + Square, width));
                for (var row = top; row < bottom; row++)
                {
                    var to = ((nint)(ReverseColumns ? width - 1 - left : left) * height) + (ReverseRows ? height - 1 - row : row);
                    foreach (var pixel in MemoryMarshal.Cast<byte, T>(stored.Row(row))[left..right])
                    {
                        Unsafe.Add(ref first, to) = pixel;
                        to += step;
                    }
                }
            }
        }
    }
}
