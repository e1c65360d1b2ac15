using System.Buffers;
using System.Runtime.InteropServices;
using TakeItDown.Matching.Decoding.Native;

namespace TakeItDown.Matching.Decoding;

/// <summary>
/// JPEG straight to grey by libjpeg-turbo: PDQ needs brightness only, and colour costs a third more. A file that libjpeg-turbo cannot
/// describe is left to the next decoder.
/// </summary>
internal sealed unsafe class TurboJpegDecoder : IImageDecoder
{
    // Above this a picture is decoded at a half, a quarter or an eighth: sampling 512 x 512 from what is left loses nothing, and
    // the buffer stays small. 25 megapixels is a full-size photograph of most cameras.
    private const long FullScalePixels = 25_000_000;

    private readonly Lazy<DecoderAvailability> _availability = new(Probe);

    public string Name => "libjpeg-turbo";

    public DecoderAvailability Availability => _availability.Value;

    public bool CanDecode(ImageFormat format) => format == ImageFormat.Jpeg;

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var header = JpegHeader.Read(content);
        var handle = TurboJpeg.InitDecompress();
        if (handle == 0) return new DecodeResult(DecodeStatus.Undecodable);
        try
        {
            fixed (byte* jpeg = content)
            {
                var status = Decode(handle, jpeg, content.Length, header, sink);
                return new DecodeResult(status, header.Orientation);
            }
        }
        finally
        {
            _ = TurboJpeg.Destroy(handle);
        }
    }

    private static DecodeStatus Decode(nint handle, byte* jpeg, int length, JpegHeader header, IPictureSink sink)
    {
        const int CmykColours = 3; // and YCCK, 4
        var size = new CULong((uint)length);
        if (TurboJpeg.DecompressHeader(handle, jpeg, size, out var width, out var height, out _, out var colours) != 0 || width <= 0 || height <= 0)
            return DecodeStatus.Unsupported;
        var isCmyk = colours >= CmykColours;
        var scale = 1;
        while ((long)width * height / (scale * scale) > FullScalePixels && scale < 8) scale *= 2;
        int scaledWidth = Scaled(width, scale), scaledHeight = Scaled(height, scale);
        var stride = scaledWidth * (isCmyk ? 4 : 1);
        var pixelBytes = (long)stride * scaledHeight;
        if (!sink.Accept(width, height, pixelBytes + header.CoefficientBytes) || pixelBytes > Array.MaxLength) return DecodeStatus.OverLimit;
        if (header.HasTooManyScans) return DecodeStatus.OverLimit;

        var pixels = ArrayPool<byte>.Shared.Rent((int)pixelBytes);
        try
        {
            fixed (byte* target = pixels)
            {
                var pixelFormat = isCmyk ? TurboJpeg.CmykPixels : TurboJpeg.GreyPixels;
                var failed = TurboJpeg.Decompress(handle, jpeg, size, target, scaledWidth, stride, scaledHeight, pixelFormat, TurboJpeg.LimitScans) != 0;
                if (failed && TurboJpeg.GetErrorCode(handle) != TurboJpeg.Warning) return DecodeStatus.Undecodable;
                sink.Begin(scaledWidth, scaledHeight);
                if (isCmyk) CmykRows.Write(pixels.AsSpan(0, (int)pixelBytes), scaledWidth, scaledHeight, sink);
                else sink.Write(new PixelBuffer(pixels, scaledWidth, scaledHeight, PixelFormat.Grey8));
                if (!failed) return DecodeStatus.Complete;
                return EndsEarly(handle) ? DecodeStatus.Truncated : DecodeStatus.Damaged;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>As libjpeg rounds a side that is scaled down.</summary>
    private static int Scaled(int side, int scale) => (side + scale - 1) / scale;

    private static bool EndsEarly(nint handle) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(TurboJpeg.GetErrorText(handle)).IndexOf("remature end"u8) >= 0;

    private static DecoderAvailability Probe()
    {
        const string Advice = "not found; install libturbojpeg (Debian and Ubuntu: apt-get install libturbojpeg0, on Ubuntu libturbojpeg)";
        if (!NativeLibraries.IsPresent(NativeLibraries.TurboJpeg)) return new DecoderAvailability(false, Advice);
        try
        {
            var handle = TurboJpeg.InitDecompress();
            if (handle == 0) return new DecoderAvailability(false, "found, but it does not start");
            _ = TurboJpeg.Destroy(handle);
            return new DecoderAvailability(true, "TurboJPEG API 2");
        }
        catch (EntryPointNotFoundException)
        {
            return new DecoderAvailability(false, "found, but too old; version 2.0 or later is needed");
        }
    }
}
