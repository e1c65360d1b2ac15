using TakeItDown.Matching.Pictures.Jpeg;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>A libvips image: not pixels yet, but a promise to compute them row by row.</summary>
internal sealed unsafe class VipsImage : IDisposable
{
    // Values of libvips enumerations.
    private const int EightBits = 0;
    private const int BlackAndWhite = 1;
    private const int Cmyk = 15;
    private const int StandardRgb = 22;

    private VipsImage(nint handle) => Handle = handle;

    public nint Handle { get; }

    public int Width => LibVips.Width(Handle);

    public int Height => LibVips.Height(Handle);

    /// <summary>How many pictures there are in the file, as far as the loader knows of more than one.</summary>
    public int Pages => LibVips.Pages(Handle);

    public int BytesPerPixel => Bands * (int)LibVips.BytesPerBand(LibVips.BandFormat(Handle));

    /// <summary>Whether the pixels are inks of eight bits.</summary>
    public bool IsCmyk => LibVips.BandFormat(Handle) == EightBits && LibVips.Interpretation(Handle) == Cmyk && Bands == 4;

    /// <summary>How the pixels lie, once they are in eight bits.</summary>
    public PixelFormat PixelFormat => Bands switch { 1 => PixelFormat.Grey8, 3 => PixelFormat.Rgb24, _ => PixelFormat.Rgba32 };

    private int Bands => LibVips.Bands(Handle);

    /// <summary>Runs an operation that takes one object and gives an image; null if it fails.</summary>
    public static VipsImage? Run(string operation, string property, nuint type, nint input, string options)
    {
        var handle = LibVips.NewOperation(operation);
        if (handle == 0) return null;
        try
        {
            GObject.SetObject(handle, property, type, input);
            if (LibVips.SetFromString(handle, options) != 0 || LibVips.Build(handle) != 0) return null;
            return new VipsImage(GObject.GetObject(handle, "out", LibVips.ImageType()));
        }
        finally
        {
            LibVips.UnrefOutputs(handle);
            GObject.Unref(handle);
        }
    }

    /// <summary>The picture in 8-bit grey, RGB or RGBA; null if it cannot be brought there.</summary>
    public VipsImage? ToEightBits()
    {
        var colours = LibVips.Interpretation(Handle);
        if (LibVips.BandFormat(Handle) == EightBits && (colours, Bands) is (BlackAndWhite, 1) or (StandardRgb, 3 or 4)) return Run("copy", "in", LibVips.ImageType(), Handle, "");

        using var converted = Run("colourspace", "in", LibVips.ImageType(), Handle, "space=srgb");
        if (converted is null || LibVips.BandFormat(converted.Handle) != EightBits || converted.Bands < 3) return null;
        // Whatever follows the colours and alpha is dropped.
        return Run("extract_band", "in", LibVips.ImageType(), converted.Handle, converted.Bands == 3 ? "band=0,n=3" : "band=0,n=4");
    }

    /// <summary>Hands the rows that the sink wants to it; false if the file turns out to be damaged on the way.</summary>
    /// <param name="sink">Takes them.</param>
    /// <param name="isInks">Whether the pixels are inks of a JPEG, which libvips has turned: so much ink there is, and not so much light.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    public bool ReadRows(IPictureSink sink, bool isInks, CancellationToken cancellationToken)
    {
        var format = PixelFormat;
        var region = LibVips.NewRegion(Handle);
        if (region == 0) return false;
        try
        {
            var (width, height) = (Width, Height);
            for (var row = 0; row < height; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!sink.Wants(row)) continue;
                var pixels = LibVips.Fetch(region, 0, row, width, 1, out var length);
                if (pixels is null) return false;
                try
                {
                    var stored = new Span<byte>(pixels, checked((int)length));
                    if (isInks) sink.Write(row, CmykRows.ToRgb(stored, isTurned: true), PixelFormat.Rgb24);
                    else sink.Write(row, stored, format);
                }
                finally
                {
                    GObject.Free(pixels);
                }
            }
            return true;
        }
        finally
        {
            GObject.Unref(region);
        }
    }

    public void Dispose() => GObject.Unref(Handle);
}
