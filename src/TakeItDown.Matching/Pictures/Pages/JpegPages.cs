using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures.Pages;

/// <summary>
/// Further JPEGs in a file that begins with one: in an MPO, beside a photograph's map of its brightness, or simply appended. An index that names them
/// (MPF) is not asked: it may leave some out. What libjpeg would open as a picture is one. Thumbnails lie in front of a picture's first scan, and are none.
/// </summary>
internal static class JpegPages
{
    private const byte StartOfImage = 0xD8;
    private const byte StartOfScan = 0xDA;

    // Going from marker to marker for each of very many places that might begin a picture: about a quarter of a second.
    private const long MaximumWork = 1 << 26;
    private const int EachMarker = 64;

    /// <summary>Finds where they begin.</summary>
    public static PicturePages Find(ReadOnlySpan<byte> jpeg)
    {
        var work = MaximumWork + jpeg.Length;
        var pages = new List<PicturePage>();
        for (var at = Math.Max(FindScan(jpeg, 0, ref work), 2); at < jpeg.Length;)
        {
            // Within the data of a scan, this pair of bytes does not occur.
            var next = jpeg[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, StartOfImage]);
            if (next < 0) break;
            at += next;
            var scan = FindScan(jpeg, at, ref work);
            if (work < 0 || (scan > 0 && pages.Count == PicturePages.MaximumCount - 1)) return new PicturePages(pages, HasMore: true);
            if (scan > 0) pages.Add(new PicturePage(at, null));
            at = Math.Max(scan, at + 2);
        }
        return pages.Count == 0 ? PicturePages.None : new PicturePages(pages);
    }

    /// <summary>Goes from the start of what may be a picture to the data of its first scan, as libjpeg would; negative where there is none.</summary>
    private static int FindScan(ReadOnlySpan<byte> jpeg, int start, ref long work)
    {
        var hasFrame = false;
        for (var at = start + 2; work > 0;)
        {
            var passed = jpeg[Math.Min(at, jpeg.Length)..].IndexOf((byte)0xFF);
            work -= EachMarker + Math.Max(passed, 0);
            if (passed < 0) return -1;
            at += passed;
            while (at < jpeg.Length && jpeg[at] == 0xFF) at++;
            if (at >= jpeg.Length) return -1;
            var marker = jpeg[at++];
            // No marker, or one that stands alone.
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD7)) continue;
            if (jpeg.Length - at < 2) return -1;
            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]);
            if (length < 2 || length > jpeg.Length - at) return -1;
            var segment = jpeg.Slice(at + 2, length - 2);
            at += length;
            if (marker == StartOfScan) return hasFrame && IsScan(segment) ? at : -1;
            if (marker is 0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA)
            {
                if (!IsFrame(segment)) return -1;
                hasFrame = true;
            }
            else if (marker is not (0xC4 or 0xCC or 0xDB or 0xDC or 0xDD or (>= 0xE0 and <= 0xEF) or 0xFE)) return -1;
        }
        return -1;
    }

    private static bool IsFrame(ReadOnlySpan<byte> segment) =>
        segment.Length >= 6 && segment[5] is >= 1 and <= 10 && segment.Length == 6 + (3 * segment[5]) && (segment[1] | segment[2]) != 0 && (segment[3] | segment[4]) != 0;

    private static bool IsScan(ReadOnlySpan<byte> segment) => segment.Length >= 4 && segment.Length == 4 + (2 * segment[0]);
}
