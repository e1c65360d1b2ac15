using System.Buffers.Binary;

namespace TakeItDown.Matching.Pictures;

/// <summary>
/// The chunks of a PNG: those that make the picture, and those that say something of it. libvips reads all of them, and holds every text four times
/// over, inflated.
/// </summary>
internal readonly ref struct PngChunks
{
    private const int Signature = 8;

    // Length, type and check sum.
    private const int Frame = 12;

    // libpng inflates no chunk further than this, and deflate expands at most a thousandfold.
    private const long MaximumInflated = 8_000_000;
    private const long DeflateExpansion = 1032;

    // No longer ones fit a JPEG.
    private const int MaximumExif = 65_535;

    private const int Copies = 4;

    private readonly ReadOnlySpan<byte> _png;

    private PngChunks(ReadOnlySpan<byte> png, long textBytes, long pictureBytes)
    {
        _png = png;
        (TextBytes, PictureBytes) = (textBytes, pictureBytes);
    }

    /// <summary>The memory that all that is not the picture may take, in bytes.</summary>
    public long TextBytes { get; }

    /// <summary>The length of the file without it, in bytes.</summary>
    public long PictureBytes { get; }

    /// <summary>Goes over the chunks of a file that begins as a PNG does.</summary>
    public static PngChunks Read(ReadOnlySpan<byte> png)
    {
        long text = 0, picture = Signature;
        var rest = png[Math.Min(Signature, png.Length)..];
        while (TryTake(ref rest, out var chunk))
        {
            if (IsPicture(chunk)) picture += chunk.Length;
            else text += Copies * Inflated(chunk);
        }
        return new PngChunks(png, text, picture + rest.Length);
    }

    /// <summary>Copies the picture, as a file of its own; what makes no sense at the end of the file, too.</summary>
    /// <param name="target">Takes <see cref="PictureBytes"/> bytes.</param>
    public void CopyPicture(Span<byte> target)
    {
        _png[..Signature].CopyTo(target);
        target = target[Signature..];
        var rest = _png[Signature..];
        while (TryTake(ref rest, out var chunk))
        {
            if (!IsPicture(chunk)) continue;
            chunk.CopyTo(target);
            target = target[chunk.Length..];
        }
        rest.CopyTo(target);
    }

    /// <summary>Takes a chunk that is whole: its length, its type, its data and its check sum.</summary>
    /// <param name="rest">What is left of the file.</param>
    /// <param name="chunk">The chunk.</param>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> chunk)
    {
        chunk = [];
        if (rest.Length < Frame) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Frame) return false;
        chunk = rest[..((int)length + Frame)];
        rest = rest[chunk.Length..];
        return true;
    }

    /// <summary>A lower-case letter begins the type of what a decoder may do without; transparency and orientation matter to us all the same.</summary>
    private static bool IsPicture(ReadOnlySpan<byte> chunk)
    {
        var type = chunk.Slice(4, 4);
        return (type[0] & 0x20) == 0 || type.SequenceEqual("tRNS"u8) || (type.SequenceEqual("eXIf"u8) && chunk.Length <= MaximumExif + Frame);
    }

    private static long Inflated(ReadOnlySpan<byte> chunk)
    {
        var type = chunk.Slice(4, 4);
        var length = chunk.Length - Frame;
        if (type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8) || type.SequenceEqual("iCCP"u8)) return Math.Min(length * DeflateExpansion, MaximumInflated);
        return length;
    }
}
