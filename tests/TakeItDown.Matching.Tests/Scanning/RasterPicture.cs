using TakeItDown.Matching.Decoding;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A picture in memory, RGB, that can be turned pixel by pixel.</summary>
internal sealed record RasterPicture(int Width, int Height, byte[] Rgb)
{
    public PixelBuffer Buffer => new(Rgb, Width, Height, PixelFormat.Rgb24);

    public static RasterPicture FromBmp(byte[] bmp)
    {
        var sink = new KeepingSink();
        Assert.Equal(DecodeStatus.Complete, new BmpDecoder().Decode(bmp, ImageFormat.Bmp, sink, CancellationToken.None).Status);
        return sink.Picture;
    }

    /// <summary>A picture whose pixels come from where the map says, in the stored picture of w x h.</summary>
    public RasterPicture Turn(bool swapSides, Func<int, int, int, int, (int X, int Y)> from)
    {
        var (width, height) = swapSides ? (Height, Width) : (Width, Height);
        var turned = new byte[Rgb.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = from(x, y, Width, Height);
                Rgb.AsSpan(((source.Y * Width) + source.X) * 3, 3).CopyTo(turned.AsSpan(((y * width) + x) * 3));
            }
        }
        return new RasterPicture(width, height, turned);
    }

    /// <summary>Keeps every row.</summary>
    private sealed class KeepingSink : IPictureSink
    {
        public RasterPicture Picture { get; private set; } = new(0, 0, []);

        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) => Picture = new RasterPicture(width, height, new byte[width * height * 3]);

        public bool Wants(int row) => true;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
        {
            Assert.Equal(PixelFormat.Bgra32, format);
            for (var x = 0; x < Picture.Width; x++)
            {
                for (var channel = 0; channel < 3; channel++) Picture.Rgb[(((row * Picture.Width) + x) * 3) + channel] = pixels[(x * 4) + 2 - channel];
            }
        }
    }
}
