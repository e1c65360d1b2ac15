using System.Runtime.InteropServices;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Makes the JPEG files to measure with, by libjpeg-turbo's TurboJPEG API, as cameras do: in colour, at a quarter of its resolution.</summary>
internal static unsafe partial class JpegEncoder
{
    private const int RgbPixels = 0;
    private const int QuarterColour = 2;
    private const int Quality = 88;

    static JpegEncoder() => NativeLibrary.SetDllImportResolver(typeof(JpegEncoder).Assembly, NativeLibraries.Resolve);

    /// <summary>Encodes three bytes a pixel.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var handle = InitCompress();
        if (handle == 0) throw new InvalidOperationException("libjpeg-turbo does not start.");
        byte* jpeg = null;
        try
        {
            fixed (byte* pixels = rgb)
            {
                if (Compress(handle, pixels, width, 0, height, RgbPixels, ref jpeg, out var length, QuarterColour, Quality, 0) != 0)
                    throw new InvalidOperationException("libjpeg-turbo could not encode a picture.");
                return new ReadOnlySpan<byte>(jpeg, checked((int)length.Value)).ToArray();
            }
        }
        finally
        {
            Free(jpeg);
            _ = TurboJpeg.Destroy(handle);
        }
    }

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjInitCompress")]
    private static partial nint InitCompress();

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjCompress2")]
    private static partial int Compress(
        nint handle, byte* pixels, int width, int pitch, int height, int pixelFormat, ref byte* jpeg, out CULong size, int subsampling, int quality, int flags);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjFree")]
    private static partial void Free(byte* jpeg);
}
