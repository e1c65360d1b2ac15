using System.Buffers.Binary;
using System.IO.Compression;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>Pixels in red, green, blue and alpha, and a PNG of them.</summary>
internal sealed class RawPicture(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public byte[] Pixels { get; } = new byte[width * height * 4];

    public static RawPicture Noise(int width, int height, System.Random random, bool isOpaque)
    {
        var picture = new RawPicture(width, height);
        random.NextBytes(picture.Pixels);
        for (var i = 3; i < picture.Pixels.Length; i += 4)
        {
            // Often all or nothing, as it is in files.
            if (isOpaque || random.Next(3) == 0) picture.Pixels[i] = 255;
            else if (random.Next(3) == 0) picture.Pixels[i] = 0;
        }
        return picture;
    }

    public byte[] ToPng()
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                deflate.WriteByte(0);
                deflate.Write(Pixels.AsSpan(row * width * 4, width * 4));
            }
        }
        var png = new List<byte>([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        Chunk("IHDR"u8, header);
        Chunk("IDAT"u8, data.ToArray());
        Chunk("IEND"u8, []);
        return [.. png];

        void Chunk(ReadOnlySpan<byte> type, byte[] body)
        {
            var frame = new byte[12 + body.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
            type.CopyTo(frame.AsSpan(4));
            body.CopyTo(frame, 8);
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8 + body.Length), TakeItDown.Matching.Videos.Moving.Crc32.Compute(frame.AsSpan(4, body.Length + 4)));
            png.AddRange(frame);
        }
    }
}
