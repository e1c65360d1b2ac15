using System.Buffers.Binary;
using System.IO.Compression;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Files that promise little and cost much: each kept a decoder busy for seconds or minutes, or took gigabytes, before there was a limit.</summary>
internal static class HostileFiles
{
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["jpeg-progressive-500-scans"] = JpegOfScans(0xC2, 14_000, 500),
        ["jpeg-garbage-before-frame"] = JpegOfScans(0xC2, 14_000, 500, garbage: true),
        ["jpeg-baseline-scan-a-component"] = JpegOfScans(0xC0, 14_000, 3),
        ["jpeg-progressive-just-allowed"] = JpegOfScans(0xC2, 5000, 40),
        ["bmp-wide-row"] = Bmp(190_000_000, 1, [5, 1, 0, 1]),
        ["bmp-many-empty-rows"] = Bmp(14_000, 14_000, new byte[28_000]),
        ["png-wide-rows"] = Png(9_900_000, 20, 16, 6, interlaced: false, []),
        ["png-interlaced"] = Png(5700, 5700, 16, 6, interlaced: true, []),
        ["png-200-megapixels"] = Png(14_000, 14_000, 1, 0, interlaced: false, []),
        ["png-texts"] = Png(600, 600, 8, 2, interlaced: false, Texts(900)),
        ["webp-frames"] = WebPOfFrames(100_000),
        ["webp-canvas"] = WebPOfFrames(2, 8190),
        ["tiff-many-directories"] = Tiff(60_000, 8),
        ["tiff-shared-arrays"] = Tiff(3000, 500_000),
    };

    /// <summary>A square picture in three components with a given number of scans, all without data.</summary>
    public static byte[] JpegOfScans(byte frame, int side, int scans, bool garbage = false)
    {
        byte[] table = [1, .. new byte[15], 0];
        byte[] size = [(byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side];
        var jpeg = new List<byte> { 0xFF, 0xD8 };
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment(0xC4, [0, .. table]);
        Segment(0xC4, [0x10, .. table]);
        if (garbage) jpeg.Add(0);
        Segment(frame, [8, .. size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        for (var i = 0; i < scans; i++)
        {
            if (frame == 0xC0) Segment(0xDA, [1, (byte)((i % 3) + 1), 0, 0, 63, 0]);
            else Segment(0xDA, i == 0 ? [3, 1, 0, 2, 0, 3, 0, 0, 0, 0] : [1, 1, 0, 1, 63, 0]);
        }
        jpeg.AddRange([0xFF, 0xD9]);
        return [.. jpeg];

        void Segment(byte marker, byte[] body) => jpeg.AddRange([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);
    }

    /// <summary>Run lengths of 8 bits.</summary>
    private static byte[] Bmp(int width, int height, byte[] data)
    {
        var head = new byte[54 + 1024];
        "BM"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(10), head.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(22), height);
        (head[26], head[28], head[30]) = (1, 8, 1);
        return [.. head, .. data];
    }

    /// <summary>A PNG of rows of zeros, or of what is drawn into them.</summary>
    public static byte[] Png(int width, int height, byte bits, byte colours, bool interlaced, byte[] extra, Action<int, Span<byte>>? draw = null)
    {
        var pixelBits = bits * (colours switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 });
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            (int X, int Y, int StepX, int StepY)[] passes = interlaced
                ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
                : [(0, 0, 1, 1)];
            foreach (var pass in passes)
            {
                var columns = (width - pass.X + pass.StepX - 1) / pass.StepX;
                var row = new byte[1 + ((((long)columns * pixelBits) + 7) / 8)];
                for (var y = pass.Y; y < height; y += pass.StepY)
                {
                    draw?.Invoke(y, row.AsSpan(1));
                    deflate.Write(row);
                }
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (bits, colours, (byte)(interlaced ? 1 : 0));
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. extra, .. Chunk("IDAT"u8, data.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>Texts of eight megabytes each, in eight kilobytes.</summary>
    public static byte[] Texts(int count)
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true)) deflate.Write(new byte[7_900_000]);
        var chunk = Chunk("zTXt"u8, [.. "Comment\0\0"u8, .. data.ToArray()]);
        return [.. Enumerable.Repeat(chunk, count).SelectMany(bytes => bytes)];
    }

    /// <summary>A PNG with more chunks behind its header.</summary>
    public static byte[] WithChunks(byte[] png, params byte[] chunks)
    {
        const int Header = 8 + 25;
        return [.. png[..Header], .. chunks, .. png[Header..]];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }

    public static byte[] GifOfFrames(int frames)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [.. "GIF89a"u8, 88, 2, 88, 2, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    private static byte[] WebPOfFrames(int frames, int side = 600)
    {
        byte[] size = [(byte)(side - 1), (byte)((side - 1) >> 8), 0];
        byte[] frame = [.. "ANMF"u8, 32, 0, 0, 0, .. new byte[16], .. "VP8L"u8, 8, 0, 0, 0, 0x2F, 0, 0, 0, 0, 0x88, 0x88, 8];
        byte[] body = [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, .. size, .. size, .. "ANIM"u8, 6, 0, 0, 0, .. new byte[6],
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes)];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    /// <summary>Directories that all point at the same two arrays: each reads them again.</summary>
    private static byte[] Tiff(int directories, int values)
    {
        (short Tag, int Count, int Value)[] entries = [
            (256, 1, 8), (257, 1, values), (258, 1, 8), (259, 1, 1), (262, 1, 1), (273, values, 16), (277, 1, 1), (278, 1, 1), (279, values, 16)];
        var length = 2 + (entries.Length * 12) + 4;
        var start = 16 + (values * 4);
        var tiff = new byte[start + (directories * length)];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), start);
        for (var i = 0; i < values; i++) tiff[16 + (i * 4)] = 8;
        for (var i = 0; i < directories; i++)
        {
            var directory = tiff.AsSpan(start + (i * length), length);
            directory[0] = (byte)entries.Length;
            for (var entry = 0; entry < entries.Length; entry++)
            {
                var to = directory[(2 + (entry * 12))..];
                BinaryPrimitives.WriteInt16LittleEndian(to, entries[entry].Tag);
                to[2] = 4;
                BinaryPrimitives.WriteInt32LittleEndian(to[4..], entries[entry].Count);
                BinaryPrimitives.WriteInt32LittleEndian(to[8..], entries[entry].Value);
            }
            BinaryPrimitives.WriteInt32LittleEndian(directory[^4..], i == directories - 1 ? 0 : start + ((i + 1) * length));
        }
        return tiff;
    }
}
