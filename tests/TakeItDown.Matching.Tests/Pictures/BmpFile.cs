using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>Writes bitmaps of every kind from a picture of 16 grey levels, so that each kind can hold it without loss.</summary>
internal static class BmpFile
{
    public const int Width = 150, Height = 97;

    /// <summary>The grey level, 0 to 15, of a pixel: hills of several sizes.</summary>
    public static int Level(int x, int y) =>
        (int)Math.Clamp(7.5 + (4 * Math.Sin(x / 9.0)) + (3 * Math.Cos((y + (x / 3.0)) / 7.0)) + (2 * Math.Sin(x * y / 300.0)), 0, 15);

    public static byte Grey(int x, int y) => (byte)(Level(x, y) * 17);

    /// <summary>The picture as the other kinds hold it.</summary>
    public static byte[] GreyPixels { get; } = [.. Enumerable.Range(0, Width * Height).Select(i => Grey(i % Width, i / Width))];

    /// <summary>One row after another, by a function that writes a row of so many bytes.</summary>
    public static byte[] Plain(int bits, bool topDown, int headerLength, Action<int, byte[]> writeRow, uint compression = 0, uint[]? masks = null)
    {
        var stride = ((Width * bits) + 31) / 32 * 4;
        var rows = new byte[stride * Height];
        for (var row = 0; row < Height; row++)
        {
            var bytes = new byte[stride];
            writeRow(row, bytes);
            bytes.CopyTo(rows, stride * (topDown ? row : Height - 1 - row));
        }
        return WithHeaders(bits, topDown ? -Height : Height, headerLength, compression, masks ?? [], rows);
    }

    public static byte[] WithHeaders(int bits, int height, int headerLength, uint compression, uint[] masks, byte[] data)
    {
        var info = new byte[headerLength];
        BinaryPrimitives.WriteInt32LittleEndian(info, headerLength);
        if (headerLength == 12)
        {
            BinaryPrimitives.WriteInt16LittleEndian(info.AsSpan(4), Width);
            BinaryPrimitives.WriteInt16LittleEndian(info.AsSpan(6), (short)height);
            info[8] = 1;
            info[10] = (byte)bits;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(4), Width);
            BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(8), height);
            info[12] = 1;
            info[14] = (byte)bits;
            BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(16), compression);
        }
        // From a header of 52 bytes on, the masks are part of it; before that they follow it.
        byte[] extra = new byte[masks.Length * 4];
        for (var i = 0; i < masks.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(headerLength >= 52 ? info.AsSpan(40 + (i * 4)) : extra.AsSpan(i * 4), masks[i]);
        if (headerLength >= 52) extra = [];
        byte[] palette = bits > 8 ? [] : [.. Enumerable.Range(0, 1 << bits).SelectMany(i => Colour(bits, i, headerLength == 12))];
        byte[] head = [.. "BM"u8, .. new byte[12]];
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(10), 14 + headerLength + extra.Length + palette.Length);
        return [.. head, .. info, .. extra, .. palette, .. data];
    }

    /// <summary>Runs of equal pixels, literal pixels and ends of lines, as encoders mix them.</summary>
    public static byte[] RunLengths(bool wide)
    {
        var data = new List<byte>();
        for (var row = Height - 1; row >= 0; row--)
        {
            for (var x = 0; x < Width;)
            {
                var run = 1;
                while (x + run < Width && run < 255 && Level(x + run, row) == Level(x, row)) run++;
                if (run >= 3)
                {
                    data.AddRange([(byte)run, Packed(wide, Level(x, row), Level(x, row))]);
                    x += run;
                    continue;
                }
                var literal = Math.Min(Width - x, 7);
                if (literal < 3)
                {
                    data.AddRange([1, Packed(wide, Level(x, row), 0)]);
                    x++;
                    continue;
                }
                data.AddRange([0, (byte)literal]);
                var bytes = wide ? literal : (literal + 1) / 2;
                for (var i = 0; i < bytes; i++)
                    data.Add(wide ? (byte)Level(x + i, row) : Packed(wide, Level(x + (2 * i), row), (2 * i) + 1 < literal ? Level(x + (2 * i) + 1, row) : 0));
                if (bytes % 2 != 0) data.Add(0);
                x += literal;
            }
            data.AddRange([0, 0]);
        }
        data.AddRange([0, 1]);
        return WithHeaders(wide ? 8 : 4, Height, 40, wide ? 1u : 2u, [], [.. data]);
    }

    private static byte Packed(bool wide, int first, int second) => wide ? (byte)first : (byte)((first << 4) | second);

    private static byte[] Colour(int bits, int index, bool old)
    {
        var grey = (byte)(bits switch { 1 => index * 255, 2 => index * 85, 4 => index * 17, _ => Math.Min(index, 15) * 17 });
        return old ? [grey, grey, grey] : [grey, grey, grey, 0];
    }
}
