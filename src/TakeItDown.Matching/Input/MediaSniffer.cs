using System.Buffers.Binary;

namespace TakeItDown.Matching.Input;

/// <summary>What content is, by its first bytes.</summary>
/// <param name="Kind">Picture, video or other.</param>
/// <param name="Image">The format of a picture.</param>
/// <param name="Video">The container of a video.</param>
internal readonly record struct MediaType(MediaKind Kind, ImageFormat Image = ImageFormat.Unknown, VideoFormat Video = VideoFormat.None);

/// <summary>Tells content from its first bytes. A file's name and its declared type are an uploader's to choose, and are never asked.</summary>
internal static class MediaSniffer
{
    /// <summary>As many of the first bytes as telling needs: the brands of an ISO base media file, of which there are about ten; here, a thousand.</summary>
    public const int HeadLength = 4096;

    private const int TransportPacket = 188;

    public static MediaType Sniff(ReadOnlySpan<byte> head)
    {
        // What an ISO base media file is cannot be told from a part of its brands.
        if (At(head, 4, "ftyp"u8) && BinaryPrimitives.ReadUInt32BigEndian(head) > HeadLength) return new MediaType(MediaKind.Other);
        var image = SniffImage(head);
        if (image != ImageFormat.Unknown) return new MediaType(MediaKind.Image, image);
        var video = SniffVideo(head);
        return new MediaType(video == VideoFormat.None ? MediaKind.Other : MediaKind.Video, Video: video);
    }

    private static ImageFormat SniffImage(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return ImageFormat.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return ImageFormat.Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return ImageFormat.Gif;
        if (head.StartsWith("RIFF"u8) && At(head, 8, "WEBP"u8)) return ImageFormat.WebP;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8)) return ImageFormat.Tiff;
        if (IsBitmap(head)) return ImageFormat.Bmp;
        return At(head, 4, "ftyp"u8) ? SniffBrands(head) : ImageFormat.Unknown;
    }

    // "BM" alone begins many a text: the size of the header that follows has to be one that exists.
    private static bool IsBitmap(ReadOnlySpan<byte> head) =>
        head.StartsWith("BM"u8) && head.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>
    /// The major brand of an ISO base media file, then its compatible brands: a viewer of pictures opens it if any of them is a picture's, whatever stands
    /// in front. Whether there is a film beside is asked later.
    /// </summary>
    private static ImageFormat SniffBrands(ReadOnlySpan<byte> head)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        for (var at = 8; at + 4 <= length; at += at == 8 ? 8 : 4)
        {
            var brand = head.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return ImageFormat.Avif;
            if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8)
                || brand.SequenceEqual("hevc"u8) || brand.SequenceEqual("hevx"u8)) return ImageFormat.Heif;
        }
        return ImageFormat.Unknown;
    }

    private static VideoFormat SniffVideo(ReadOnlySpan<byte> head)
    {
        if (At(head, 4, "ftyp"u8) || At(head, 4, "moov"u8) || At(head, 4, "mdat"u8) || At(head, 4, "wide"u8)) return VideoFormat.QuickTime;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return VideoFormat.Matroska;
        if (head.StartsWith("RIFF"u8) && At(head, 8, "AVI "u8)) return VideoFormat.Avi;
        if (head.StartsWith("FLV\x01"u8)) return VideoFormat.Flv;
        if (head.StartsWith("OggS"u8)) return VideoFormat.Ogg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])) return VideoFormat.Asf;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xBA])) return VideoFormat.MpegProgram;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0xB3])) return VideoFormat.MpegVideo;
        return head.Length > 2 * TransportPacket && head[0] == 0x47 && head[TransportPacket] == 0x47 && head[2 * TransportPacket] == 0x47
            ? VideoFormat.MpegTransport
            : VideoFormat.None;
    }

    private static bool At(ReadOnlySpan<byte> head, int offset, ReadOnlySpan<byte> magic) =>
        head.Length >= offset + magic.Length && head.Slice(offset, magic.Length).SequenceEqual(magic);
}
