using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace TakeItDown.Matching.Pictures.Bmp;

/// <summary>
/// Windows bitmaps, which libvips reads only through loaders it calls unsafe. Palettes, bit fields and run lengths included. Rows
/// are delivered one at a time: a bitmap of any height takes the memory of one row.
/// </summary>
internal sealed class BmpDecoder : IImageDecoder
{
    public string Name => "bmp";

    public DecoderAvailability Availability => new(true, "built in");

    public bool CanDecode(ImageFormat format) => format == ImageFormat.Bmp;

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        if (!BmpHeader.TryRead(content, out var header)) return new DecodeResult(DecodeStatus.Undecodable);
        if (!sink.Accept(header.Width, header.Height, header.Width * 4L)) return new DecodeResult(DecodeStatus.OverLimit);

        var row = ArrayPool<byte>.Shared.Rent(header.Width * 4);
        try
        {
            // Opaque, but for a bitmap that says otherwise.
            row.AsSpan().Fill(byte.MaxValue);
            sink.Begin(header.Width, header.Height);
            var complete = header.IsRunLength
                ? BmpRunLengths.Decode(content, header, row.AsSpan(0, header.Width * 4), sink, cancellationToken)
                : DecodeRows(content, header, row.AsSpan(0, header.Width * 4), sink, cancellationToken);
            return new DecodeResult(complete ? DecodeStatus.Complete : DecodeStatus.Truncated);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(row);
        }
    }

    private static bool DecodeRows(ReadOnlySpan<byte> content, BmpHeader header, Span<byte> bgra, IPictureSink sink, CancellationToken cancellationToken)
    {
        var stride = (((long)header.Width * header.BitsPerPixel) + 31) / 32 * 4;
        var isComplete = true;
        for (var row = 0; row < header.Height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!sink.Wants(row)) continue;
            var start = header.PixelOffset + (stride * (header.IsTopDown ? row : header.Height - 1 - row));
            if (start + stride > content.Length)
            {
                // Most bitmaps store their last row first: what is cut off is the top, and the rows below it are there.
                isComplete = false;
                continue;
            }
            var stored = content.Slice((int)start, (int)stride);
            if (header.BitsPerPixel <= 8) FromPalette(stored, header, content, bgra);
            else if (header.BitsPerPixel == 24) From24Bits(stored, bgra);
            else FromBitFields(stored, header, bgra);
            sink.Write(row, bgra, PixelFormat.Bgra32);
        }
        return isComplete;
    }

    private static void FromPalette(ReadOnlySpan<byte> stored, BmpHeader header, ReadOnlySpan<byte> content, Span<byte> bgra)
    {
        var bits = header.BitsPerPixel;
        var mask = (1 << bits) - 1;
        for (var x = 0; x < header.Width; x++)
        {
            var bit = x * bits;
            var index = (stored[bit >> 3] >> (8 - bits - (bit & 7))) & mask;
            header.Colour(content, index, bgra.Slice(x * 4, 4));
        }
    }

    private static void From24Bits(ReadOnlySpan<byte> stored, Span<byte> bgra)
    {
        for (int from = 0, to = 0; to < bgra.Length; from += 3, to += 4) stored.Slice(from, 3).CopyTo(bgra[to..]);
    }

    private static void FromBitFields(ReadOnlySpan<byte> stored, BmpHeader header, Span<byte> bgra)
    {
        for (var x = 0; x < header.Width; x++)
        {
            var value = header.BitsPerPixel == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(stored[(x * 2)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(stored[(x * 4)..]);
            bgra[x * 4] = Channel(value, header.BlueMask);
            bgra[(x * 4) + 1] = Channel(value, header.GreenMask);
            bgra[(x * 4) + 2] = Channel(value, header.RedMask);
            if (header.AlphaMask != 0) bgra[(x * 4) + 3] = Channel(value, header.AlphaMask);
        }
    }

    /// <summary>A field of any width, stretched to 8 bits.</summary>
    private static byte Channel(uint value, uint mask)
    {
        if (mask == 0) return 0;
        var shift = BitOperations.TrailingZeroCount(mask);
        ulong maximum = mask >> shift;
        return (byte)((((ulong)(value & mask) >> shift) * 255) / maximum);
    }
}
