using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures.Jpeg;

/// <summary>What must be known of a JPEG before decoding it: which way up it is, and what decoding it would cost.</summary>
internal readonly record struct JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const int BytesPerBlock = 64 * sizeof(short);

    // A file of several scans makes the decoder visit every block once a scan. Real files have about ten; this allows ten for
    // 200 megapixels in colour, and ends files made to be slow. About a second of work.
    private const long MaximumBlockVisits = 50_000_000;

    /// <summary>The EXIF orientation, 1 to 8.</summary>
    public int Orientation { get; private init; }

    /// <summary>
    /// The memory for the coefficients of the whole picture, which a file of several scans needs at once; 0 for a file of one scan, of
    /// which a few rows are enough.
    /// </summary>
    public long CoefficientBytes { get; private init; }

    /// <summary>Whether the scans are so many that going over the picture with each would take too long.</summary>
    public bool HasTooManyScans { get; private init; }

    /// <summary>
    /// Reads the segments, and in a file of several scans all of them. Bytes that make no sense between two segments are passed over, as
    /// libjpeg passes over them: a file could hide its size from this reader otherwise.
    /// </summary>
    public static JpegHeader Read(ReadOnlySpan<byte> jpeg)
    {
        var header = new JpegHeader { Orientation = 1 };
        ReadOnlySpan<byte> frame = [];
        var isProgressive = false;
        long scans = 0;
        var at = 2;
        while (TryReadMarker(jpeg, ref at, out var marker) && marker != EndOfImage)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (jpeg.Length - at < 2) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]);
            if (length < 2 || length > jpeg.Length - at) break;
            var segment = jpeg.Slice(at + 2, length - 2);
            at += length;

            if (marker == 0xE1 && header.Orientation == 1 && segment.StartsWith("Exif\0\0"u8))
            {
                header = header with { Orientation = ExifOrientation.Read(segment[6..]) };
            }
            else if (IsFrame(marker) && segment.Length >= 6)
            {
                frame = segment;
                isProgressive = marker is 0xC2 or 0xC6 or 0xCA or 0xCE;
            }
            else if (marker == StartOfScan && !frame.IsEmpty && !segment.IsEmpty)
            {
                // Even a baseline file is held whole where its first scan leaves out a component.
                if (scans++ == 0 && !isProgressive && segment[0] >= frame[5]) break;
                header = header with { CoefficientBytes = CountBlocks(frame) * BytesPerBlock };
            }
        }
        return header with { HasTooManyScans = header.CoefficientBytes / BytesPerBlock * scans > MaximumBlockVisits };
    }

    /// <summary>The next marker. Within a scan, bytes that are no marker are its data.</summary>
    private static bool TryReadMarker(ReadOnlySpan<byte> jpeg, ref int at, out byte marker)
    {
        marker = 0;
        while (at < jpeg.Length && jpeg[at..].IndexOf((byte)0xFF) is var found and >= 0)
        {
            at += found;
            while (at < jpeg.Length && jpeg[at] == 0xFF) at++;
            if (at >= jpeg.Length) return false;
            marker = jpeg[at++];
            if (marker != 0) return true;
        }
        return false;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static long CountBlocks(ReadOnlySpan<byte> frame)
    {
        long height = BinaryPrimitives.ReadUInt16BigEndian(frame[1..]);
        long width = BinaryPrimitives.ReadUInt16BigEndian(frame[3..]);
        int components = frame[5];
        int widest = 1, highest = 1;
        long blocks = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < components && frame.Length >= 6 + ((i + 1) * 3); i++)
            {
                var sampling = frame[6 + (i * 3) + 1];
                int across = sampling >> 4, down = sampling & 15;
                if (pass == 0) (widest, highest) = (Math.Max(widest, across), Math.Max(highest, down));
                else blocks += (width * across / widest / 8 + 1) * (height * down / highest / 8 + 1);
            }
        }
        return blocks;
    }
}
