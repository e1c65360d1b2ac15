namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>A library that plays films.</summary>
internal interface IFilmLibrary
{
    Film? Open(string path);
}

/// <summary>A film of that library.</summary>
internal sealed record Film(int Width, int Height, double Rate, TimeSpan Length, IEnumerable<byte[]> Frames);

// snippet: decoder
/// <summary>Videos by a library of the platform's own.</summary>
internal sealed class FilmDecoder(IFilmLibrary library) : IVideoDecoder
{
    public string Name => "films";

    public DecoderAvailability Availability => new(true, "2.1");

    public bool CanDecode(VideoFormat format) => format == VideoFormat.QuickTime;

    public async ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken)
    {
        using var file = await content.ShareAsync(cancellationToken);
        // What is not for this decoder is left to the next one.
        if (library.Open(file.Path) is not { } film) return VideoDecodeStatus.Unsupported;

        var header = new VideoHeader(film.Width, film.Height, film.Rate, film.Length, ExifOrientation: 1, HasOtherTracks: false);
        if (sink.Begin(header) is not { } plan) return VideoDecodeStatus.OverLimit;
        var number = 0;
        foreach (var pixels in film.Frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // vPDQ compares frames that are chosen alike: every plan.Step of them, from the first.
            var time = TimeSpan.FromSeconds(number / film.Rate);
            if (number++ % plan.Step != 0) continue;
            if (!sink.Write(time, new PixelBuffer(pixels, film.Width, film.Height, PixelFormat.Rgb24))) return VideoDecodeStatus.Complete;
        }
        return VideoDecodeStatus.Complete;
    }
}
// end of snippet
