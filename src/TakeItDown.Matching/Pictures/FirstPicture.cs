using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures;

/// <summary>Leaves out what follows the first picture of a moving one: it has no say in the still, and libvips would go over all of it.</summary>
internal static class FirstPicture
{
    /// <summary>A GIF up to the end of its first image.</summary>
    public static ReadOnlySpan<byte> OfGif(ReadOnlySpan<byte> gif) => gif[..SecondImage(gif)];

    /// <summary>A moving WebP up to the end of its first frame, as a file of its own.</summary>
    public static ReadOnlySpan<byte> OfWebP(ReadOnlySpan<byte> webP)
    {
        const int ChunkHeader = 8;
        var length = WebPLength(webP);
        if (length == 0) return webP;
        var first = webP[..length].ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(first.AsSpan(4), length - ChunkHeader);
        return first;
    }

    /// <summary>How many bytes <see cref="OfWebP"/> copies; 0 where it copies nothing.</summary>
    public static int WebPLength(ReadOnlySpan<byte> webP)
    {
        const int Header = 12, ChunkHeader = 8;
        for (long at = Header; at + ChunkHeader <= webP.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(webP[((int)at + 4)..]);
            var end = at + ChunkHeader + length + (length & 1);
            if (webP[(int)at..].StartsWith("ANMF"u8) && end < webP.Length) return (int)end;
            at = end;
        }
        return 0;
    }

    /// <summary>Whether a GIF has a second image.</summary>
    public static bool HasSecond(ReadOnlySpan<byte> gif) => SecondImage(gif) < gif.Length;

    /// <summary>Walks from block to block of a GIF up to its second image; gives its length if there is none.</summary>
    private static int SecondImage(ReadOnlySpan<byte> gif)
    {
        if (gif.Length < GifBlocks.Header) return gif.Length;
        var at = GifBlocks.First(gif);
        for (var images = 0; at < gif.Length;)
        {
            switch (gif[at])
            {
                case GifBlocks.Image when ++images == 2:
                    return at;
                case GifBlocks.Image when gif.Length - at >= GifBlocks.Descriptor:
                    at = GifBlocks.SkipImage(gif, at, out _);
                    break;
                case GifBlocks.Extension:
                    at = GifBlocks.SkipExtension(gif, at);
                    break;
                default:
                    return gif.Length;
            }
        }
        return gif.Length;
    }
}
