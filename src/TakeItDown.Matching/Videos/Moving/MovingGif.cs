using System.Buffers;
using System.Buffers.Binary;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>The frames of a GIF.</summary>
internal sealed class MovingGif : MovingPicture
{
    private const byte Trailer = 0x3B;

    // A graphic control extension: introducer, label, length, flags, time (2), transparent colour, end.
    private const byte ControlLabel = 0xF9;
    private const int ControlLength = 8;

    private readonly byte _flags;
    private readonly byte[] _colours;

    public MovingGif(ReadOnlySpan<byte> gif)
    {
        _colours = [];
        if (gif.Length < GifBlocks.Header) return;
        _flags = gif[10];
        var at = GifBlocks.First(gif);
        _colours = gif[GifBlocks.Header..at].ToArray();
        (Width, Height) = (UInt16(gif[6..]), UInt16(gif[8..]));
        ReadBlocks(gif, at);
    }

    // What a later frame leaves out shows what is below, which the first has covered.
    protected override bool MayHaveAlpha => Frames.Count > 0 && Frames[0].IsBlended;

    public override ImageFormat StillFormat => ImageFormat.Gif;

    public override void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, ArrayBufferWriter<byte> still)
    {
        var data = content.Slice(frame.Data, frame.Length);
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)frame.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(size[2..], (ushort)frame.Height);
        still.Put("GIF89a"u8);
        still.Put(size);
        still.Put(_flags, 0, 0);
        still.Put(_colours);
        // No disposal: there is nothing below it, and nothing follows.
        if (frame.Control >= 0) still.Put(GifBlocks.Extension, ControlLabel, 4, (byte)(content[frame.Control + 3] & 1), 0, 0, content[frame.Control + 6], 0);
        still.Put(GifBlocks.Image, 0, 0, 0, 0);
        still.Put(size);
        still.Put(data[(GifBlocks.Descriptor - 1)..]);
        if (frame.IsCut) still.Put(0);
        still.Put(Trailer);
    }

    private void ReadBlocks(ReadOnlySpan<byte> gif, int at)
    {
        var control = -1;
        // Anything else between two blocks ends it, for browsers too.
        while (at < gif.Length && gif[at] is GifBlocks.Image or GifBlocks.Extension)
        {
            if (gif[at] == GifBlocks.Extension)
            {
                if (gif.Length - at >= ControlLength && gif[at + 1] == ControlLabel && gif[at + 2] == 4) control = at;
                at = GifBlocks.SkipExtension(gif, at);
                continue;
            }
            if (gif.Length - at < GifBlocks.Descriptor) return;
            var end = GifBlocks.SkipImage(gif, at, out var isWhole);
            if (!Add(Frame(gif, control, at, end, isWhole))) return;
            (control, at) = (-1, end);
        }
    }

    private MovingFrame Frame(ReadOnlySpan<byte> gif, int control, int image, int end, bool isWhole)
    {
        int left = UInt16(gif[(image + 1)..]), top = UInt16(gif[(image + 3)..]), width = UInt16(gif[(image + 5)..]), height = UInt16(gif[(image + 7)..]);
        if (Frames.Count == 0)
        {
            // As browsers do: a first frame beyond the screen stretches it.
            Width = Math.Max(1, Math.Max(Width, left + width));
            Height = Math.Max(1, Math.Max(Height, top + height));
        }
        if (width == 0 || height == 0) (width, height) = (Math.Min(Width, ushort.MaxValue), Math.Min(Height, ushort.MaxValue));
        var flags = control < 0 ? 0 : gif[control + 3];
        var shown = MovingFrame.TimeShown(control < 0 ? 0 : 10.0 * UInt16(gif[(control + 4)..]));
        // Some writers put a 4 where a 3 is meant.
        var disposal = ((flags >> 2) & 7) switch { 2 => FrameDisposal.Clear, 3 or 4 => FrameDisposal.Restore, _ => FrameDisposal.Keep };
        return new MovingFrame(left, top, width, height, shown, (flags & 1) != 0, disposal, image, end - image, !isWhole) { Control = control };
    }

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
