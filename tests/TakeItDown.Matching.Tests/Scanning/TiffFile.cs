using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Pictures stored without loss, with an orientation beside them.</summary>
internal static class TiffFile
{
    /// <summary>A TIFF of one strip.</summary>
    public static byte[] Make(RasterPicture picture, int orientation)
    {
        var bands = PixelBuffer.BytesPerPixel(picture.Format);
        var colours = bands == 1 ? 1 : 2;
        // In the order of their numbers: size, bits a sample, no compression, colours, offset, orientation, samples, rows a strip, bytes, alpha.
        List<(ushort Tag, ushort Type, int Count, int Value)> entries =
        [
            (256, 4, 1, picture.Width), (257, 4, 1, picture.Height), (258, 3, bands, 8), (259, 3, 1, 1), (262, 3, 1, colours), (273, 4, 1, 0),
            (274, 3, 1, orientation), (277, 3, 1, bands), (278, 4, 1, picture.Height), (279, 4, 1, picture.Pixels.Length),
        ];
        // Not premultiplied.
        if (bands == 4) entries.Add((338, 3, 1, 2));
        var bits = 8 + 2 + (entries.Count * 12) + 4;
        var pixels = bits + 8;
        var tiff = new byte[pixels + picture.Pixels.Length];
        "II*\0"u8.CopyTo(tiff);
        tiff[4] = 8;
        BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(8), (ushort)entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var to = tiff.AsSpan(10 + (i * 12));
            var (tag, type, count, value) = entries[i];
            if (tag == 273) value = pixels;
            if (tag == 258 && bands > 2) value = bits;
            BinaryPrimitives.WriteUInt16LittleEndian(to, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(to[2..], type);
            BinaryPrimitives.WriteInt32LittleEndian(to[4..], count);
            BinaryPrimitives.WriteInt32LittleEndian(to[8..], value);
        }
        for (var band = 0; band < 4; band++) tiff[bits + (band * 2)] = 8;
        picture.Pixels.CopyTo(tiff, pixels);
        // TIFF has red first.
        for (var at = pixels; picture.Format == PixelFormat.Bgra32 && at < tiff.Length; at += 4) (tiff[at], tiff[at + 2]) = (tiff[at + 2], tiff[at]);
        return tiff;
    }

    /// <summary>A TIFF of a grey page for each, all of one side.</summary>
    public static byte[] Make(byte[][] pages, int side, int newSubfileType = 0)
    {
        const int Entries = 10, Length = 2 + (Entries * 12) + 4;
        var tiff = new List<byte>([.. "II*\0"u8, .. BitConverter.GetBytes(8 + (pages.Length * side * side))]);
        foreach (var page in pages) tiff.AddRange(page);
        for (var i = 0; i < pages.Length; i++)
        {
            var next = i == pages.Length - 1 ? 0 : tiff.Count + Length;
            (int Tag, int Value)[] entries = [
                (254, i == 0 ? newSubfileType : 0), (256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 8 + (i * side * side)), (277, 1), (278, side), (279, side * side)];
            tiff.AddRange(BitConverter.GetBytes((short)Entries));
            foreach (var (tag, value) in entries) tiff.AddRange([.. BitConverter.GetBytes((short)tag), 4, 0, 1, 0, 0, 0, .. BitConverter.GetBytes(value)]);
            tiff.AddRange(BitConverter.GetBytes(next));
        }
        return [.. tiff];
    }
}
