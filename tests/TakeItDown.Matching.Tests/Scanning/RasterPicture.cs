using TakeItDown.Matching.Input;
using TakeItDown.Matching.Pictures.Bmp;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Tests.Pictures;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A picture in memory that can be turned pixel by pixel.</summary>
internal sealed record RasterPicture(int Width, int Height, PixelFormat Format, byte[] Pixels)
{
    /// <summary>By the EXIF standard: from which stored pixel each displayed one comes, in a stored picture of w x h.</summary>
    private static readonly Dictionary<int, Func<int, int, int, int, (int X, int Y)>> ByExif = new()
    {
        [1] = (x, y, w, h) => (x, y),
        [2] = (x, y, w, h) => (w - 1 - x, y),
        [3] = (x, y, w, h) => (w - 1 - x, h - 1 - y),
        [4] = (x, y, w, h) => (x, h - 1 - y),
        [5] = (x, y, w, h) => (y, x),
        [6] = (x, y, w, h) => (y, h - 1 - x),
        [7] = (x, y, w, h) => (w - 1 - y, h - 1 - x),
        [8] = (x, y, w, h) => (w - 1 - y, x),
    };

    public PixelBuffer Buffer => new(Pixels, Width, Height, Format);

    public PdqHash Hash => PdqHasher.Hash(Buffer).Hash;

    /// <summary>The EXIF orientation that asks viewers to turn a picture as the reference names it.</summary>
    public static int Exif(Orientation orientation) => orientation switch
    {
        Orientation.Rotate90 => 8,
        Orientation.Rotate180 => 3,
        Orientation.Rotate270 => 6,
        Orientation.FlipX => 4,
        Orientation.FlipY => 2,
        Orientation.FlipPlus1 => 5,
        Orientation.FlipMinus1 => 7,
        _ => 1,
    };

    /// <summary>The picture of a file as it is stored, by whichever built-in decoder reads it.</summary>
    public static RasterPicture Decode(byte[] file)
    {
        var format = MediaSniffer.Sniff(file).Image;
        foreach (var decoder in new IImageDecoder[] { new BmpDecoder(), new TurboJpegDecoder(), AnyDecoder.Vips() })
        {
            var sink = new KeepingSink();
            if (!decoder.CanDecode(format) || decoder.Decode(file, format, sink, CancellationToken.None).Status == DecodeStatus.Unsupported) continue;
            return sink.Picture;
        }
        throw new InvalidDataException("No decoder reads it.");
    }

    /// <summary>The picture as viewers show one that is stored like this, with an EXIF orientation.</summary>
    public RasterPicture Displayed(int exif)
    {
        var (width, height) = exif >= 5 ? (Height, Width) : (Width, Height);
        var size = PixelBuffer.BytesPerPixel(Format);
        var turned = new byte[Pixels.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = ByExif[exif](x, y, Width, Height);
                Pixels.AsSpan(((source.Y * Width) + source.X) * size, size).CopyTo(turned.AsSpan(((y * width) + x) * size));
            }
        }
        return new RasterPicture(width, height, Format, turned);
    }

    /// <summary>Keeps every row.</summary>
    private sealed class KeepingSink : IPictureSink
    {
        private int _width, _height;

        public RasterPicture Picture { get; private set; } = new(0, 0, PixelFormat.Grey8, []);

        public bool Accept(long width, long height, long workingBytes) => true;

        public void Begin(int width, int height) => (_width, _height) = (width, height);

        public bool Wants(int row) => true;

        public void Write(int row, ReadOnlySpan<byte> pixels, PixelFormat format)
        {
            var rowBytes = _width * PixelBuffer.BytesPerPixel(format);
            if (Picture.Width == 0) Picture = new RasterPicture(_width, _height, format, new byte[rowBytes * _height]);
            pixels[..rowBytes].CopyTo(Picture.Pixels.AsSpan(row * rowBytes));
        }
    }
}
