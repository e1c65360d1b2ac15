using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

// snippet: decoder
/// <summary>Bitmaps of 24 bits a pixel, stored as they are.</summary>
internal sealed class PlainBitmapDecoder : IImageDecoder
{
    public string Name => "plain bitmaps";

    public DecoderAvailability Availability => new(true, "1.0");

    public bool CanDecode(ImageFormat format) => format == ImageFormat.Bmp;

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        // What is not for this decoder is left to the next one.
        if (content.Length < 54 || BinaryPrimitives.ReadInt16LittleEndian(content[28..]) != 24) return new DecodeResult(DecodeStatus.Unsupported);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(content[10..]);
        long width = BinaryPrimitives.ReadInt32LittleEndian(content[18..]), height = BinaryPrimitives.ReadInt32LittleEndian(content[22..]);
        if (width <= 0 || height <= 0) return new DecodeResult(DecodeStatus.Unsupported);

        // The header is a stranger's: nothing is allocated before the sink has accepted it.
        if (!sink.Accept(width, height, workingBytes: width * 4)) return new DecodeResult(DecodeStatus.OverLimit);
        sink.Begin((int)width, (int)height);
        var stride = (width * 3 + 3) / 4 * 4;
        var (pixels, isComplete) = (new byte[width * 4], true);
        for (var row = 0; row < height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = start + stride * (height - 1 - row);
            if (!sink.Wants(row)) continue;
            if (at + stride > content.Length)
            {
                isComplete = false;
                continue;
            }
            for (var x = 0; x < width; x++)
            {
                content.Slice((int)at + x * 3, 3).CopyTo(pixels.AsSpan(x * 4));
                pixels[x * 4 + 3] = byte.MaxValue;
            }
            sink.Write(row, pixels, PixelFormat.Bgra32);
        }
        return new DecodeResult(isComplete ? DecodeStatus.Complete : DecodeStatus.Truncated);
    }
}
// end of snippet

internal static class PlainBitmaps
{
    public static void Register(IServiceCollection services)
    {
        // snippet: register
        services.AddTakeItDownMatching()
            .AddImageDecoder<PlainBitmapDecoder>() // asked before the built-in ones
            .AddVideoDecoder<FilmDecoder>(DecoderOrder.Last); // asked for what they leave
        // end of snippet
    }
}
