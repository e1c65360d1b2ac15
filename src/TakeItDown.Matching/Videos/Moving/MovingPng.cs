using System.Buffers;
using System.Buffers.Binary;
using TakeItDown.Matching.Pictures;

namespace TakeItDown.Matching.Videos.Moving;

/// <summary>
/// The frames of an animated PNG. The picture that viewers show which know of no animation may be none of them; it is looked at as the still that it is.
/// </summary>
internal sealed class MovingPng : MovingPicture
{
    private const int Signature = 8;
    private const int ChunkHeader = 8;
    private const int ChunkFrame = 12;
    private const int HeaderLength = 13;
    private const int ControlLength = 26;
    private const int SequenceNumber = 4;

    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly bool _hasTransparency;

    public MovingPng(ReadOnlySpan<byte> png)
    {
        MovingFrame? frame = null;
        var hasData = false;
        var chunks = new Chunks(png[Math.Min(Signature, png.Length)..]);
        while (chunks.TryTake(out var chunk))
        {
            var type = chunk.Slice(4, 4);
            var data = chunk[ChunkHeader..^4];
            var at = png.Length - chunks.Rest.Length;
            if (type.SequenceEqual("fcTL"u8) && data.Length >= ControlLength)
            {
                if (frame is { } last && !Add(last with { Length = at - chunk.Length - last.Data })) return;
                frame = Frame(data, at);
            }
            else if (type.SequenceEqual("IHDR"u8) && data.Length == HeaderLength && _head.WrittenCount == 0)
            {
                (Width, Height) = (Size(data), Size(data[4..]));
                _head.Put(chunk);
            }
            else if (type.SequenceEqual("IDAT"u8) || type.SequenceEqual("fdAT"u8)) hasData = true;
            // Of every frame, wherever they stand before the first data: the control of the first frame may come before them.
            else if (!hasData && _head.WrittenCount > 0 && (type.SequenceEqual("PLTE"u8) || type.SequenceEqual("tRNS"u8)))
            {
                _head.Put(chunk);
                _hasTransparency |= type.SequenceEqual("tRNS"u8);
            }
            else if (type.SequenceEqual("eXIf"u8)) ExifOrientation = Pictures.ExifOrientation.Read(data);
        }
        // What is left over was cut off.
        if (frame is { } end) Add(end with { Length = png.Length - end.Data, IsCut = !chunks.HasEnded });
    }

    public override ImageFormat StillFormat => ImageFormat.Png;

    // Bit 2 of the colour type.
    protected override bool MayHaveAlpha => _hasTransparency || (_head.WrittenCount > 0 && (_head.WrittenSpan[ChunkHeader + 9] & 4) != 0);

    /// <summary>Whether any frame follows the still picture.</summary>
    public static bool IsMoving(ReadOnlySpan<byte> png)
    {
        var chunks = new Chunks(png[Math.Min(Signature, png.Length)..]);
        while (chunks.TryTake(out var chunk))
        {
            if (chunk.Slice(4, 4).SequenceEqual("fdAT"u8)) return true;
        }
        // A frame that was cut off is one, too.
        return chunks.Rest.Length >= ChunkHeader && chunks.Rest.Slice(4, 4).SequenceEqual("fdAT"u8);
    }

    public override void WriteStill(ReadOnlySpan<byte> content, MovingFrame frame, ArrayBufferWriter<byte> still)
    {
        still.Put(content[..Signature]);
        var head = _head.WrittenSpan;
        if (head.IsEmpty) return;
        Span<byte> header = stackalloc byte[HeaderLength];
        head.Slice(ChunkHeader, HeaderLength).CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header, frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], frame.Height);
        WriteChunk("IHDR"u8, header, still);
        still.Put(head[(HeaderLength + ChunkFrame)..]);
        var chunks = new Chunks(content.Slice(frame.Data, frame.Length));
        while (chunks.TryTake(out var chunk))
        {
            if (chunk.Slice(4, 4).SequenceEqual("IDAT"u8)) still.Put(chunk);
            else if (chunk.Slice(4, 4).SequenceEqual("fdAT"u8) && chunk.Length >= ChunkFrame + SequenceNumber)
                WriteChunk("IDAT"u8, chunk[(ChunkHeader + SequenceNumber)..^4], still);
        }
        WriteChunk("IEND"u8, [], still);
    }

    private MovingFrame Frame(ReadOnlySpan<byte> control, int at)
    {
        // Time is a fraction of a second, of hundredths where nothing stands below the line.
        double above = BinaryPrimitives.ReadUInt16BigEndian(control[20..]), below = BinaryPrimitives.ReadUInt16BigEndian(control[22..]);
        var disposal = control[24] switch { 1 => FrameDisposal.Clear, 2 when Frames.Count == 0 => FrameDisposal.Clear, 2 => FrameDisposal.Restore, _ => FrameDisposal.Keep };
        return new MovingFrame(
            Size(control[12..]), Size(control[16..]), Math.Max(1, Size(control[4..])), Math.Max(1, Size(control[8..])),
            MovingFrame.TimeShown(1000 * above / (below == 0 ? 100 : below)), control[25] == 1, disposal, at, 0, IsCut: false);
    }

    private static void WriteChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, ArrayBufferWriter<byte> still)
    {
        var chunk = still.GetSpan(data.Length + ChunkFrame);
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk[4..]);
        data.CopyTo(chunk[ChunkHeader..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[(data.Length + ChunkHeader)..], Crc32.Compute(chunk.Slice(4, data.Length + 4)));
        still.Advance(data.Length + ChunkFrame);
    }

    // No picture is larger than this, and sums of two of them do not overflow.
    private static int Size(ReadOnlySpan<byte> bytes) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), 1 << 30);

    /// <summary>Walks from chunk to chunk.</summary>
    private ref struct Chunks(ReadOnlySpan<byte> rest)
    {
        /// <summary>What was not taken.</summary>
        public ReadOnlySpan<byte> Rest { get; private set; } = rest;

        /// <summary>Whether the chunk that ends a PNG came, behind which nothing counts.</summary>
        public bool HasEnded { get; private set; }

        public bool TryTake(out ReadOnlySpan<byte> chunk)
        {
            chunk = [];
            var left = Rest;
            if (HasEnded || !PngChunks.TryTake(ref left, out chunk)) return false;
            Rest = left;
            HasEnded = chunk.Slice(4, 4).SequenceEqual("IEND"u8);
            return true;
        }
    }
}
