using System.Buffers.Binary;

namespace TakeItDown.Matching.Decoding;

/// <summary>What must be known of a JPEG before decoding it: which way up it is, and what decoding it would cost.</summary>
internal readonly record struct JpegHeader
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>The EXIF orientation, 1 to 8.</summary>
    public int Orientation { get; private init; }

    /// <summary>
    /// The memory for the coefficients of the whole picture, which a progressive file needs at once; 0 for a baseline file, of which
    /// a few rows are enough.
    /// </summary>
    public long CoefficientBytes { get; private init; }

    /// <summary>How many times a progressive file makes the decoder go over the picture.</summary>
    public int Scans { get; private init; }

    /// <summary>Reads the segments up to the first scan, and counts the scans of a progressive file. What makes no sense is passed over.</summary>
    public static JpegHeader Read(ReadOnlySpan<byte> jpeg)
    {
        var header = new JpegHeader { Orientation = 1 };
        var at = 2;
        while (TryReadMarker(jpeg, ref at, out var marker) && marker is not (StartOfScan or EndOfImage))
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) continue;
            if (jpeg.Length - at < 2) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]);
            if (length < 2 || length > jpeg.Length - at) break;
            var segment = jpeg.Slice(at + 2, length - 2);
            if (marker == 0xE1 && header.Orientation == 1 && segment.StartsWith("Exif\0\0"u8))
                header = header with { Orientation = ExifOrientation.Read(segment[6..]) };
            else if (IsProgressive(marker))
                header = header with { CoefficientBytes = CountCoefficientBytes(segment), Scans = CountScans(jpeg[at..]) };
            at += length;
        }
        return header;
    }

    private static bool TryReadMarker(ReadOnlySpan<byte> jpeg, ref int at, out byte marker)
    {
        marker = 0;
        if (at >= jpeg.Length || jpeg[at] != 0xFF) return false;
        while (at < jpeg.Length && jpeg[at] == 0xFF) at++;
        if (at >= jpeg.Length) return false;
        marker = jpeg[at++];
        return true;
    }

    private static bool IsProgressive(byte marker) => marker is 0xC2 or 0xC6 or 0xCA or 0xCE;

    private static long CountCoefficientBytes(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6) return 0;
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
        const int BytesPerBlock = 64 * sizeof(short);
        return blocks * BytesPerBlock;
    }

    private static int CountScans(ReadOnlySpan<byte> jpeg)
    {
        var count = 0;
        for (int found; (found = jpeg.IndexOf((ReadOnlySpan<byte>)[0xFF, StartOfScan])) >= 0; jpeg = jpeg[(found + 2)..]) count++;
        return count;
    }
}
