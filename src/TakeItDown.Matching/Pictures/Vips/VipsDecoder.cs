using Microsoft.Extensions.Options;
using TakeItDown.Matching.Pictures.Pages;

namespace TakeItDown.Matching.Pictures.Vips;

/// <summary>
/// Every format but baseline JPEG and BMP, by libvips. The loader is chosen by the sniffed format, so that a file cannot pick one; rows are
/// fetched from the top, only those the hash samples, so that a large picture is never in memory whole unless its format demands it.
/// </summary>
internal sealed unsafe class VipsDecoder : IImageDecoder, IPagedDecoder
{
    // Once for the process, as it is the process that is set up: two decoders starting at a time abort it.
    private static readonly Lock Gate = new();
    private static (DecoderAvailability Availability, ImageFormat[] Formats)? _started;

    private readonly LibvipsSource _source;
    private readonly int? _page;

    public VipsDecoder(IOptions<MatchingOptions> options) => _source = options.Value.Decoding.Libvips;

    private VipsDecoder(LibvipsSource source, int page) => (_source, _page) = (source, page);

    private (DecoderAvailability Availability, ImageFormat[] Formats) Started
    {
        get
        {
            lock (Gate) return _started ??= Start(_source);
        }
    }

    public string Name => "libvips";

    public DecoderAvailability Availability => Started.Availability;

    public bool CanDecode(ImageFormat format) => Array.IndexOf(Started.Formats, format) >= 0;

    public IImageDecoder ForPage(int page) => new VipsDecoder(_source, page);

    public int? CountPages(ReadOnlySpan<byte> content, ImageFormat format)
    {
        if (!Availability.IsAvailable || VipsLoader.For(format) is not { } loader) return null;
        fixed (byte* data = content)
        {
            var source = LibVips.SourceFromMemory(data, (nuint)content.Length);
            if (source == 0) return null;
            try
            {
                using var stored = VipsImage.Run(loader.Operation, "source", LibVips.SourceType(), source, loader.Options);
                return stored?.Pages;
            }
            finally
            {
                GObject.Unref(source);
                LibVips.ClearErrors();
            }
        }
    }

    public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        if (!Availability.IsAvailable || VipsLoader.For(format) is not { } loader) return new DecodeResult(DecodeStatus.Unsupported);
        using var withoutTexts = format == ImageFormat.Png ? PngPicture.Extract(content, sink) : null;
        if (withoutTexts is not null) content = withoutTexts.Bytes;
        if (!sink.Accept(1, 1, loader.OpeningBytes(content))) return new DecodeResult(DecodeStatus.OverLimit);
        if (format == ImageFormat.Gif) content = FirstPicture.OfGif(content);
        if (format == ImageFormat.WebP)
        {
            // A copy of the first frame is taken.
            if (!sink.Accept(1, 1, FirstPicture.WebPLength(content))) return new DecodeResult(DecodeStatus.OverLimit);
            content = FirstPicture.OfWebP(content);
        }
        fixed (byte* data = content)
        {
            var source = LibVips.SourceFromMemory(data, (nuint)content.Length);
            if (source == 0) return new DecodeResult(DecodeStatus.Undecodable);
            try
            {
                return Load(source, loader, content, format, sink, cancellationToken);
            }
            finally
            {
                GObject.Unref(source);
                LibVips.ClearErrors();
            }
        }
    }

    private DecodeResult Load(
        nint source, VipsLoader loader, ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
    {
        using var stored = VipsImage.Run(loader.Operation, "source", LibVips.SourceType(), source, _page is { } page ? VipsLoader.PageOptions(page) : loader.Options);
        if (stored is null) return new DecodeResult(DecodeStatus.Undecodable);
        if (!sink.Accept(stored.Width, stored.Height, loader.WorkingBytes(stored, content))) return new DecodeResult(DecodeStatus.OverLimit);

        // libvips itself turns HEIF and AVIF pictures as their container asks.
        var orientation = format is ImageFormat.Heif or ImageFormat.Avif ? 1 : LibVips.Orientation(stored.Handle);
        var isInks = format == ImageFormat.Jpeg && stored.IsCmyk;
        using var converted = isInks ? null : stored.ToEightBits();
        if (converted is null && !isInks) return new DecodeResult(DecodeStatus.Undecodable, orientation);
        var picture = converted ?? stored;
        sink.Begin(picture.Width, picture.Height, orientation);
        return new DecodeResult(picture.ReadRows(sink, isInks, cancellationToken) ? DecodeStatus.Complete : DecodeStatus.Damaged, orientation);
    }

    private static (DecoderAvailability Availability, ImageFormat[] Formats) Start(LibvipsSource source)
    {
        var (library, isApplications) = VipsLibrary.Choose(source);
        if (library == 0) return Missing(Advice(source));
        try
        {
            if (!VipsModules.Start(hasModules: !isApplications)) return Missing("found, but it does not start");
            // For the whole process: loaders that libvips itself calls unsafe stay shut; no memory of past operations is kept;
            // one thread a picture, since a server has many pictures at a time.
            LibVips.BlockUntrusted(1);
            LibVips.SetCacheSize(0);
            LibVips.SetConcurrency(1);
            GObject.SilenceVips();
            var formats = VipsFormats.Find();
            var version = $"{LibVips.Version(0)}.{LibVips.Version(1)}.{LibVips.Version(2)}, the {(isApplications ? "application" : "system")}'s";
            return (new DecoderAvailability(true, version + VipsFormats.Lacking(formats)), formats);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return Missing("found, but too old; version 8.13 or later is needed");
        }
    }

    private static string Advice(LibvipsSource source)
    {
        const string Install = "install libvips 8.13 or later (Debian and Ubuntu: apt-get install libvips42)";
        const string Add = "add the package TakeItDown.Matching.Vips";
        return "not found; " + source switch
        {
            LibvipsSource.System => Install,
            LibvipsSource.Application => Add,
            _ => $"{Add}, or {Install}",
        };
    }

    // It is said to read what it would read if it were here, so that the log names what is missing.
    private static (DecoderAvailability Availability, ImageFormat[] Formats) Missing(string detail) => (new DecoderAvailability(false, detail), VipsFormats.All);
}
