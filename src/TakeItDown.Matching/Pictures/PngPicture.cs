using System.Buffers;

namespace TakeItDown.Matching.Pictures;

/// <summary>A copy of a PNG that holds the picture and nothing else.</summary>
internal sealed class PngPicture : IDisposable
{
    // A few texts of honest files cost less than the copy; beyond this, somebody may mean to.
    private const long MostTextBytes = 16 << 20;

    // A pool would keep the memory of a huge file for good.
    private const int LargestPooled = 32 << 20;

    private readonly int _length;
    private byte[] _bytes;

    private PngPicture(in PngChunks chunks)
    {
        _length = (int)chunks.PictureBytes;
        _bytes = _length <= LargestPooled ? ArrayPool<byte>.Shared.Rent(_length) : GC.AllocateUninitializedArray<byte>(_length);
        chunks.CopyPicture(_bytes);
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Leaves out what is not the picture, where that could take much memory and the copy takes no more than the sink allows; else null.</summary>
    public static PngPicture? Extract(ReadOnlySpan<byte> png, IPictureSink sink)
    {
        var chunks = PngChunks.Read(png);
        return chunks.TextBytes > MostTextBytes && sink.Accept(1, 1, chunks.PictureBytes) ? new PngPicture(chunks) : null;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0 && _length <= LargestPooled) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
