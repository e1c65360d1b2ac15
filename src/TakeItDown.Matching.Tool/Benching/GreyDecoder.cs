using System.Runtime.InteropServices;
using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>What there is to compare with: libjpeg-turbo decoding one file to grey, over and over, into memory that is there already.</summary>
internal sealed unsafe class GreyDecoder : IDisposable
{
    private readonly byte[] _jpeg;
    private readonly byte[] _pixels;
    private readonly nint _handle = TurboJpeg.InitDecompress();
    private readonly int _width, _height;

    public GreyDecoder(byte[] jpeg)
    {
        _jpeg = jpeg;
        (_width, _height) = Measure(jpeg) ?? throw new ArgumentException("libjpeg-turbo cannot decode this to grey.", nameof(jpeg));
        _pixels = new byte[_width * _height];
    }

    /// <summary>The width and height of a JPEG, by its beginning; null if it is none that can be decoded to grey.</summary>
    public static (int Width, int Height)? Measure(ReadOnlySpan<byte> jpeg)
    {
        const int CmykColours = 3; // and YCCK, 4
        var handle = TurboJpeg.InitDecompress();
        fixed (byte* bytes = jpeg)
        {
            var isRead = TurboJpeg.DecompressHeader(handle, bytes, new CULong((uint)jpeg.Length), out var width, out var height, out _, out var colours) == 0;
            _ = TurboJpeg.Destroy(handle);
            return isRead && colours < CmykColours && (long)width * height <= Array.MaxLength ? (width, height) : null;
        }
    }

    public void Decode()
    {
        var size = new CULong((uint)_jpeg.Length);
        fixed (byte* jpeg = _jpeg, pixels = _pixels)
        {
            _ = TurboJpeg.DecompressHeader(_handle, jpeg, size, out _, out _, out _, out _);
            _ = TurboJpeg.Decompress(_handle, jpeg, size, pixels, _width, _width, _height, TurboJpeg.GreyPixels, TurboJpeg.LimitScans);
        }
    }

    public void Dispose() => _ = TurboJpeg.Destroy(_handle);
}
