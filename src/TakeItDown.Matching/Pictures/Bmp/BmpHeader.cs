using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures.Bmp;

/// <summary>The headers of a Windows bitmap, checked as far as reading pixels relies on them.</summary>
internal readonly record struct BmpHeader
{
    private const int FileHeaderLength = 14;
    private const uint RunLength8 = 1, RunLength4 = 2, BitFields = 3, AlphaBitFields = 6;

    public int Width { get; private init; }

    public int Height { get; private init; }

    public int BitsPerPixel { get; private init; }

    public bool IsTopDown { get; private init; }

    public bool IsRunLength { get; private init; }

    public long PixelOffset { get; private init; }

    public uint RedMask { get; private init; }

    public uint GreenMask { get; private init; }

    public uint BlueMask { get; private init; }

    /// <summary>0 where every pixel is opaque, as in all bitmaps that have no mask for alpha.</summary>
    public uint AlphaMask { get; private init; }

    private int PaletteOffset { get; init; }

    private int PaletteEntryLength { get; init; }

    public static bool TryRead(ReadOnlySpan<byte> bmp, out BmpHeader header)
    {
        header = default;
        if (bmp.Length < FileHeaderLength + 12) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bmp[FileHeaderLength..]);
        var isOld = length == 12;
        if (!isOld && (length < 16 || bmp.Length < FileHeaderLength + 40)) return false;

        var info = bmp[FileHeaderLength..];
        var width = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        var height = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(isOld ? 10 : 14)..]);
        var compression = isOld || length < 20 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        // A row is built in one array of 4 bytes a pixel.
        if (width <= 0 || width > int.MaxValue / 4 || height is 0 or int.MinValue) return false;
        if (bits is not (1 or 2 or 4 or 8 or 16 or 24 or 32)) return false;
        if (compression is not (0 or BitFields or AlphaBitFields) && (compression, bits) is not ((RunLength8, 8) or (RunLength4, 4))) return false;

        var hasMasks = compression is BitFields or AlphaBitFields;
        if (hasMasks && (bits is not (16 or 32) || bmp.Length < FileHeaderLength + 52)) return false;
        var hasAlpha = hasMasks && (length >= 56 || compression == AlphaBitFields) && bmp.Length >= FileHeaderLength + 56;
        var defaults = bits == 16 ? (Red: 0x7C00u, Green: 0x03E0u, Blue: 0x001Fu) : (Red: 0xFF0000u, Green: 0xFF00u, Blue: 0xFFu);
        header = new BmpHeader
        {
            Width = width,
            Height = Math.Abs(height),
            BitsPerPixel = bits,
            IsTopDown = height < 0,
            IsRunLength = compression is RunLength8 or RunLength4,
            PixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(bmp[10..]),
            RedMask = hasMasks ? BinaryPrimitives.ReadUInt32LittleEndian(info[40..]) : defaults.Red,
            GreenMask = hasMasks ? BinaryPrimitives.ReadUInt32LittleEndian(info[44..]) : defaults.Green,
            BlueMask = hasMasks ? BinaryPrimitives.ReadUInt32LittleEndian(info[48..]) : defaults.Blue,
            AlphaMask = hasAlpha ? BinaryPrimitives.ReadUInt32LittleEndian(info[52..]) : 0,
            PaletteOffset = (int)Math.Min(FileHeaderLength + length, int.MaxValue - 1024u),
            PaletteEntryLength = isOld ? 3 : 4,
        };
        return true;
    }

    /// <summary>Writes a palette's colour as blue, green, red; black for one the file does not have.</summary>
    public void Colour(ReadOnlySpan<byte> bmp, int index, Span<byte> bgra)
    {
        var at = PaletteOffset + (index * PaletteEntryLength);
        if (at + 3 <= bmp.Length) bmp.Slice(at, 3).CopyTo(bgra);
        else bgra[..3].Clear();
    }
}
