using System.Buffers;
using System.Runtime.InteropServices;

namespace TakeItDown.Matching.Pictures.Jpeg;

/// <summary>
/// JPEG straight to grey by libjpeg-turbo: PDQ needs brightness only, and colour costs a third more. A file that libjpeg-turbo cannot
/// describe is left to the next decoder.
/// </summary>
internal sealed unsafe class TurboJpegDecoder : IImageDecoder
{
    // A pool would keep the memory of a huge picture for good.
    private const int LargestPooled = 32 << 20;

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
        var pixelBytes = isCmyk ? 4 : 1;
        if (header.HasTooManyScans || FindScale(width, height, pixelBytes, header, sink) is not { } scale) return DecodeStatus.OverLimit;
        int scaledWidth = Scaled(width, scale), scaledHeight = Scaled(height, scale);
        var stride = scaledWidth * pixelBytes;
        var rasterBytes = stride * scaledHeight;
        var isPooled = rasterBytes <= LargestPooled;
        var pooled = isPooled ? ArrayPool<byte>.Shared.Rent(rasterBytes) : [];
        // Of many large pages, each would leave its memory to the garbage collector.
        var native = isPooled ? null : NativeMemory.Alloc((nuint)rasterBytes);
        try
        {
            fixed (byte* start = pooled)
            {
                var target = isPooled ? start : (byte*)native;
                var pixels = new Span<byte>(target, rasterBytes);
                var pixelFormat = isCmyk ? TurboJpeg.CmykPixels : TurboJpeg.GreyPixels;
                var failed = TurboJpeg.Decompress(handle, jpeg, size, target, scaledWidth, stride, scaledHeight, pixelFormat, TurboJpeg.LimitScans) != 0;
                if (failed && TurboJpeg.GetErrorCode(handle) != TurboJpeg.Warning) return DecodeStatus.Undecodable;
                sink.Begin(scaledWidth, scaledHeight, header.Orientation);
                if (isCmyk) CmykRows.Write(pixels, scaledWidth, scaledHeight, sink);
                else sink.Write(new PixelBuffer(pixels, scaledWidth, scaledHeight, PixelFormat.Grey8));
                if (!failed) return DecodeStatus.Complete;
                return EndsEarly(handle) ? DecodeStatus.Truncated : DecodeStatus.Damaged;
            }
        }
        finally
        {
            if (isPooled) ArrayPool<byte>.Shared.Return(pooled);
            NativeMemory.Free(native);
        }
    }

    /// <summary>
    /// Whole, or as little smaller as the sink allows the memory for: a half, a quarter, an eighth. Only the whole picture has exactly the pixels
    /// that the reference samples; those of a smaller one are means of several.
    /// </summary>
    private static int? FindScale(int width, int height, int pixelBytes, JpegHeader header, IPictureSink sink)
    {
        for (var scale = 1; scale <= 8; scale *= 2)
        {
            var rasterBytes = (long)Scaled(width, scale) * Scaled(height, scale) * pixelBytes;
            if (rasterBytes <= Array.MaxLength && sink.Accept(width, height, rasterBytes + header.CoefficientBytes)) return scale;
        }
        return null;
    }

    /// <summary>As libjpeg rounds a side that is scaled down.</summary>
    private static int Scaled(int side, int scale) => (side + scale - 1) / scale;

    private static bool EndsEarly(nint handle) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(TurboJpeg.GetErrorText(handle)).IndexOf("remature end"u8) >= 0;

    private static DecoderAvailability Probe()
    {
        const string Advice = "not found; install libturbojpeg (Debian and Ubuntu: apt-get install libturbojpeg0, on Ubuntu libturbojpeg)";
        if (!NativeLibraries.IsPresent(NativeLibraries.TurboJpeg)) return new DecoderAvailability(false, Advice) { IsOptional = true };
        try
        {
            var handle = TurboJpeg.InitDecompress();
            if (handle == 0) return new DecoderAvailability(false, "found, but it does not start") { IsOptional = true };
            _ = TurboJpeg.Destroy(handle);
            return new DecoderAvailability(true, "TurboJPEG API 2");
        }
        catch (EntryPointNotFoundException)
        {
            return new DecoderAvailability(false, "found, but too old; version 2.0 or later is needed") { IsOptional = true };
        }
    }
}
