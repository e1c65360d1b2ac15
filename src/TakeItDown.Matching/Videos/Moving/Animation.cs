using System.Buffers.Binary;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>Tells pictures that move from those that do not, without decoding any.</summary>
internal static class Animation
{
    private const int MaximumBoxes = 1000;

    /// <summary>What the frames of a picture come in; none if there is but one.</summary>
    public static VideoFormat Sniff(ReadOnlySpan<byte> content, ImageFormat format) => format switch
    {
        ImageFormat.Gif when FirstPicture.HasSecond(content) => VideoFormat.Gif,
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
}
