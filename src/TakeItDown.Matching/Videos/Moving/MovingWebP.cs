using System.Buffers;
using System.Buffers.Binary;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>The frames of a WebP that begins with a VP8X chunk.</summary>
internal sealed class MovingWebP : MovingPicture
{
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const int FrameHeader = 16;
    private const int CanvasSize = 24;

    private readonly bool _hasAlpha;

    public MovingWebP(ReadOnlySpan<byte> webP)
    {
        if (webP.Length < CanvasSize + 6) return;
        // What lies behind the end that the file itself names is not played.
        webP = webP[..(int)Math.Min(webP.Length, ChunkHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(webP[4..]))];
        if (webP.Length < CanvasSize + 6) return;
        (Width, Height) = (1 + UInt24(webP[CanvasSize..]), 1 + UInt24(webP[(CanvasSize + 3)..]));
        for (long at = Header; at + ChunkHeader <= webP.Length;)
        {
            var chunk = webP[(int)at..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var held = (int)Math.Min(length, chunk.Length - ChunkHeader);
            if (chunk.StartsWith("EXIF"u8)) ReadExif(chunk.Slice(ChunkHeader, held));
            _hasAlpha |= held > FrameHeader && chunk.StartsWith("ANMF"u8) && !chunk[(ChunkHeader + FrameHeader)..].StartsWith("VP8 "u8);
            if (chunk.StartsWith("ANMF"u8) && held >= FrameHeader && !Add(Frame(chunk.Slice(ChunkHeader, held), (int)at + ChunkHeader, held < length))) return;
            at += ChunkHeader + length + (length & 1);
        }
    }

    public override ImageFormat StillFormat => ImageFormat.WebP;

    protected override bool MayHaveAlpha => _hasAlpha;

    public override void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, ArrayBufferWriter<byte> still)
    {
        var data = content.Slice(frame.Data, frame.Length);
        still.Put("RIFF\0\0\0\0WEBP"u8);
        var hasAlpha = data.StartsWith("ALPH"u8);
        if (hasAlpha)
        {
            Span<byte> canvas = stackalloc byte[18];
            "VP8X\x0a\0\0\0\x10\0\0\0"u8.CopyTo(canvas);
            WriteUInt24(canvas[12..], frame.Width - 1);
            WriteUInt24(canvas[15..], frame.Height - 1);
            still.Put(canvas);
        }
        while (data.Length >= ChunkHeader)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            var chunk = data[..(int)Math.Min(ChunkHeader + length + (length & 1), data.Length)];
            if (chunk.StartsWith("ALPH"u8) || chunk.StartsWith("VP8 "u8) || chunk.StartsWith("VP8L"u8)) still.Put(chunk);
            data = data[chunk.Length..];
        }
        if ((still.WrittenCount & 1) != 0) still.Put(0);
        BinaryPrimitives.WriteInt32LittleEndian(still.Written()[4..], still.WrittenCount - 8);
    }

    private static MovingFrame Frame(ReadOnlySpan<byte> payload, int at, bool isCut)
    {
        var flags = payload[15];
        // Lossy without alpha hides what is below it, whatever the flag says.
        var isOpaque = payload[FrameHeader..].StartsWith("VP8 "u8);
        return new MovingFrame(
            2 * UInt24(payload), 2 * UInt24(payload[3..]), 1 + UInt24(payload[6..]), 1 + UInt24(payload[9..]), MovingFrame.TimeShown(UInt24(payload[12..])),
            !isOpaque && (flags & 2) == 0, (flags & 1) != 0 ? FrameDisposal.Clear : FrameDisposal.Keep, at + FrameHeader, payload.Length - FrameHeader, isCut);
    }

    private void ReadExif(ReadOnlySpan<byte> exif) => ExifOrientation = Pictures.ExifOrientation.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);

    private static int UInt24(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) | (bytes[2] << 16);

    private static void WriteUInt24(Span<byte> bytes, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        bytes[2] = (byte)(value >> 16);
    }
}
