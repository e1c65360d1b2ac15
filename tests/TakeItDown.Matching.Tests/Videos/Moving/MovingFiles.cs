using System.Buffers.Binary;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>One frame, as a test writes it.</summary>
/// <param name="Milliseconds">How long it is shown.</param>
/// <param name="Still">A still picture in the format that the container holds: a GIF, a PNG or a WebP.</param>
/// <param name="X">Where it is drawn.</param>
/// <param name="Y">Where it is drawn.</param>
/// <param name="Disposal">0 to keep it, 1 to clear it, 2 to restore what was there.</param>
/// <param name="Blend">Whether what is below shines through.</param>
internal sealed record TestFrame(int Milliseconds, byte[] Still, int X = 0, int Y = 0, int Disposal = 0, bool Blend = false);

/// <summary>Moving pictures, put together from stills. What a tool would leave out, or put elsewhere, can be written here too.</summary>
internal static class MovingFiles
{
    /// <summary>An animated PNG.</summary>
    /// <param name="width">Columns of the canvas.</param>
    /// <param name="height">Rows of the canvas.</param>
    /// <param name="frames">Frames of one colour type.</param>
    /// <param name="cover">A still that is no frame; null where the first frame is the still.</param>
    public static byte[] Png(int width, int height, IReadOnlyList<TestFrame> frames, byte[]? cover = null)
    {
        var png = new List<byte>(frames[0].Still[..8]);
        var header = frames[0].Still[16..29];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "acTL"u8, [.. Big(frames.Count), 0, 0, 0, 0]);
        if (cover is not null) Chunk(png, "IDAT"u8, Data(cover));
        var sequence = 0;
        foreach (var frame in frames)
        {
            Chunk(png, "fcTL"u8, [
                .. Big(sequence++), .. frame.Still[16..24], .. Big(frame.X), .. Big(frame.Y),
                (byte)(frame.Milliseconds >> 8), (byte)frame.Milliseconds, 1000 >> 8, 1000 & 255, (byte)frame.Disposal, (byte)(frame.Blend ? 1 : 0)]);
            if (sequence == 1 && cover is null) Chunk(png, "IDAT"u8, Data(frame.Still));
            else Chunk(png, "fdAT"u8, [.. Big(sequence++), .. Data(frame.Still)]);
        }
        Chunk(png, "IEND"u8, []);
        return [.. png];
    }

    /// <summary>A moving WebP.</summary>
    public static byte[] WebP(int width, int height, IReadOnlyList<TestFrame> frames)
    {
        var body = new List<byte>("WEBP"u8.ToArray());
        body.AddRange([.. "VP8X"u8, 10, 0, 0, 0, 0x12, 0, 0, 0, .. Little24(width - 1), .. Little24(height - 1), .. "ANIM"u8, 6, 0, 0, 0, .. new byte[6]]);
        foreach (var frame in frames)
        {
            var (size, chunks) = Inner(frame.Still);
            byte[] payload = [
                .. Little24(frame.X / 2), .. Little24(frame.Y / 2), .. Little24(size.Width - 1), .. Little24(size.Height - 1), .. Little24(frame.Milliseconds),
                (byte)((frame.Disposal == 1 ? 1 : 0) | (frame.Blend ? 0 : 2)), .. chunks];
            body.AddRange([.. "ANMF"u8, .. BitConverter.GetBytes(payload.Length), .. payload]);
            if (payload.Length % 2 == 1) body.Add(0);
        }
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Count), .. body];
    }

    /// <summary>A moving GIF, of GIFs with a global colour table.</summary>
    public static byte[] Gif(int width, int height, IReadOnlyList<TestFrame> frames, bool repeats = true)
    {
        var gif = new List<byte>([.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x70, 0, 0]);
        if (repeats) gif.AddRange([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        foreach (var frame in frames)
        {
            var time = frame.Milliseconds / 10;
            byte disposal = frame.Disposal switch { 1 => 2, 2 => 3, _ => 1 };
            gif.AddRange([0x21, 0xF9, 4, (byte)(disposal << 2), (byte)time, (byte)(time >> 8), 0, 0]);
            var (table, image) = (frame.Still.AsSpan(13, 3 << ((frame.Still[10] & 7) + 1)).ToArray(), ImageOf(frame.Still));
            gif.AddRange([
                0x2C, (byte)frame.X, (byte)(frame.X >> 8), (byte)frame.Y, (byte)(frame.Y >> 8), .. image[5..9], (byte)(0x80 | (frame.Still[10] & 7) | (image[9] & 0x40)),
                .. table, .. image[10..]]);
        }
        gif.Add(0x3B);
        return [.. gif];
    }

    /// <summary>The image of a GIF of one frame, from its descriptor to its end.</summary>
    private static byte[] ImageOf(byte[] gif)
    {
        var at = 13 + (3 << ((gif[10] & 7) + 1));
        while (gif[at] == 0x21)
        {
            at += 2;
            while (gif[at] != 0) at += gif[at] + 1;
            at++;
        }
        Assert.Equal(0x2C, gif[at]);
        Assert.Equal(0, gif[at + 9] & 0x80);
        return gif[at..^1];
    }

    private static byte[] Data(byte[] png)
    {
        var data = new List<byte>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) data.AddRange(png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
        return [.. data];
    }

    private static ((int Width, int Height) Size, byte[] Chunks) Inner(byte[] webP)
    {
        var chunks = webP[12..];
        var size = (0, 0);
        if (chunks.AsSpan().StartsWith("VP8X"u8)) chunks = chunks[18..];
        var bits = chunks.AsSpan().IndexOf("VP8L"u8) is >= 0 and var lossless ? BinaryPrimitives.ReadUInt32LittleEndian(chunks.AsSpan(lossless + 9)) : 0;
        if (bits != 0) size = ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        else
        {
            var frame = chunks.AsSpan().IndexOf("VP8 "u8) + 8 + 6;
            size = (BinaryPrimitives.ReadUInt16LittleEndian(chunks.AsSpan(frame)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunks.AsSpan(frame + 2)) & 0x3FFF);
        }
        return (size, chunks);
    }

    private static void Chunk(List<byte> png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] named = [.. type, .. data];
        png.AddRange([.. Big(data.Length), .. named, .. Big((int)Crc(named))]);
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

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
