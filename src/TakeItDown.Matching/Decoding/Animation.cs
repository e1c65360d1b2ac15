using System.Buffers.Binary;
using TakeItDown.Matching.Decoding.Moving;

namespace TakeItDown.Matching.Decoding;

/// <summary>Tells pictures that move from those that do not, without decoding any.</summary>
internal static class Animation
{
    private const int MaximumBoxes = 1000;

    /// <summary>What the frames of a picture come in; none if there is but one.</summary>
    public static VideoFormat Sniff(ReadOnlySpan<byte> content, ImageFormat format) => format switch
    {
        ImageFormat.Gif when HasTwoImages(content) => VideoFormat.Gif,
        ImageFormat.WebP when content.Length > 20 && content[12..].StartsWith("VP8X"u8) && (content[20] & 0x02) != 0 => VideoFormat.WebP,
        ImageFormat.Png when MovingPng.IsMoving(content) => VideoFormat.Apng,
        ImageFormat.Avif or ImageFormat.Heif when MayHaveMovie(content) => VideoFormat.QuickTime,
        _ => VideoFormat.None,
    };

    /// <summary>
    /// Looks for a movie among the outermost boxes of an ISO base media file. The brand is not asked: it may say "still picture" of a film. Where the walk
    /// cannot be finished, what follows may be one.
    /// </summary>
    private static bool MayHaveMovie(ReadOnlySpan<byte> content)
    {
        for (var boxes = 0; content.Length >= 8; boxes++)
        {
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(content);
            if (length == 1 && content.Length >= 16) length = BinaryPrimitives.ReadUInt64BigEndian(content[8..]);
            if (content[4..].StartsWith("moov"u8) || length > (ulong)content.Length || boxes == MaximumBoxes) return true;
            // The last box may leave its length out; less than a head leads nowhere.
            if (length < 8) return false;
            content = content[(int)length..];
        }
        return false;
    }

    /// <summary>A GIF up to the end of its first image: what follows has no say in the still, and libvips need not look at it.</summary>
    public static ReadOnlySpan<byte> FirstImage(ReadOnlySpan<byte> gif) => gif[..SecondImage(gif)];

    /// <summary>A moving WebP up to the end of its first frame, as a file of its own: libvips goes over all frames again and again to open one.</summary>
    public static ReadOnlySpan<byte> FirstFrame(ReadOnlySpan<byte> webP)
    {
        const int ChunkHeader = 8;
        var length = FirstFrameLength(webP);
        if (length == 0) return webP;
        var first = webP[..length].ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(first.AsSpan(4), length - ChunkHeader);
        return first;
    }

    /// <summary>How many bytes <see cref="FirstFrame"/> copies; 0 where it copies nothing.</summary>
    public static int FirstFrameLength(ReadOnlySpan<byte> webP)
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

    private static bool HasTwoImages(ReadOnlySpan<byte> gif) => SecondImage(gif) < gif.Length;

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
