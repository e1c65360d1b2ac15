using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Jpeg;

/// <summary>The part of libjpeg-turbo's TurboJPEG API (2.x, also served by 3.x) that decoding to grey needs.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int GreyPixels = 6;
    public const int CmykPixels = 11;

    /// <summary>Stop at 500 scans: a progressive file may ask for any number of passes over the picture.</summary>
    public const int LimitScans = 32768;

    /// <summary>What <see cref="GetErrorCode"/> says when the picture was decoded in spite of a fault.</summary>
    public const int Warning = 0;

    static TurboJpeg() => NativeLibraries.Register();

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(nint handle, byte* jpeg, CULong size, out int width, out int height, out int subsampling, out int colourSpace);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint handle, byte* jpeg, CULong size, byte* pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjGetErrorCode")]
    public static partial int GetErrorCode(nint handle);

    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjGetErrorStr2")]
    public static partial byte* GetErrorText(nint handle);
}
