using System.Buffers.Binary;
using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// What libvips does merely to open a file, before it can say how large the picture is: it inflates every text of a PNG, reads every
/// directory of a TIFF, and goes over the frames of a WebP once for each of them. Files made for it keep it busy for minutes.
/// </summary>
internal static class OpeningCost
{
    /// <summary>More than any limit.</summary>
    public const long Forbidding = long.MaxValue;

    // libvips opens no picture with a longer side, but calls it damaged.
    private const long MaximumSide = 10_000_000;

    // Going over 10 thousand frames, or reading 4 thousand directories, takes about a third of a second.
    private const int MaximumFrames = 10_000;
    private const int MaximumDirectories = 4096;

    /// <summary>Nothing for a JPEG of few scans: its memory is counted once its size is known.</summary>
    public static long Jpeg(ReadOnlySpan<byte> jpeg) => JpegHeader.Read(jpeg).HasTooManyScans ? Forbidding : 0;

    /// <summary>The bytes that the texts and the profile of a PNG may come to.</summary>
    public static long Png(ReadOnlySpan<byte> png)
    {
        if (png.Length < 24) return 0;
        if (BinaryPrimitives.ReadUInt32BigEndian(png[16..]) > MaximumSide || BinaryPrimitives.ReadUInt32BigEndian(png[20..]) > MaximumSide) return Forbidding;
        return PngChunks.Read(png).TextBytes;
    }

    /// <summary>Nothing for a WebP of few frames.</summary>
    public static long WebP(ReadOnlySpan<byte> webP)
    {
        const int Header = 12, ChunkHeader = 8;
        var frames = 0;
        for (long at = Header; at + ChunkHeader <= webP.Length;)
        {
            if (webP.Slice((int)at, 4).SequenceEqual("ANMF"u8) && ++frames > MaximumFrames) return Forbidding;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(webP[((int)at + 4)..]);
            at += ChunkHeader + length + (length & 1);
        }
        return 0;
    }

    /// <summary>The bytes of all values in all directories of a TIFF; directories may share values, and each reads them again.</summary>
    public static long Tiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 16) return 0;
        var reader = new TiffReader(tiff);
        var bytes = 0L;
        var directories = 0;
        for (var at = reader.FirstDirectory; at != 0; directories++)
        {
            if (directories == MaximumDirectories) return Forbidding;
            if (!reader.TryReadDirectory(at, out var values, out at)) break;
            // libtiff holds a value in at most eight bytes.
            bytes += values * sizeof(ulong);
        }
        return bytes;
    }
}
