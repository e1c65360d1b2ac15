using System.Buffers.Binary;
using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.PublicApi.Tests.Snippets;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>Decoders that an outsider wrote are asked when they say, and leave to the next what is not theirs.</summary>
public class DecoderOrderTests
{
    private const int Side = 128;

    private static readonly byte[] Mp4 = [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0, .. new byte[100]];

    [Fact]
    public async Task A_decoder_of_pictures_goes_first_and_leaves_to_the_next_what_is_not_its_own()
    {
        await using var host = Host(builder => builder.AddImageDecoder<PlainBitmapDecoder>().AddImageDecoder<RefusingDecoder>());
        var bitmap = await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.bmp"), TestContext.Current.CancellationToken);
        var hashes = await HashAsync(host, bitmap);
        var reference = ReferenceTable.Read(TestData.Fixture("pdq-reference.tsv")).Single(row => row.File == "landscape.bmp").Hash;
        Assert.Equal((ScanReason.None, reference), (hashes.Reason, hashes.Pdq!.Value.Hash));
        // Registered last, asked first, and it left the picture to the one before it.
        Assert.Equal(1, RefusingDecoder.Of(host).Asked);

        // Cut short, as that decoder says; those behind it are not asked.
        Assert.Equal(ScanReason.Truncated, (await HashAsync(host, bitmap[..(bitmap.Length / 2)])).Reason);

        // Stored from the top: left to the built-in decoder.
        var unlike = bitmap.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(unlike.AsSpan(22), -BinaryPrimitives.ReadInt32LittleEndian(bitmap.AsSpan(22)));
        Assert.Equal(ScanReason.None, (await HashAsync(host, unlike)).Reason);
    }

    [Fact]
    public async Task A_decoder_that_comes_last_gets_what_the_others_leave_and_nothing_else()
    {
        await using var host = Host(builder => builder.AddImageDecoder<RefusingDecoder>(DecoderOrder.Last));
        await HashAsync(host, await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.bmp"), TestContext.Current.CancellationToken));
        Assert.Equal(0, RefusingDecoder.Of(host).Asked);
        var names = host.GetServices<IImageDecoder>().Select(decoder => decoder.Name).ToArray();
        Assert.Contains("refusing", names);
        Assert.Equal(["bmp"], host.GetServices<IImageDecoder>().Single(decoder => decoder.Name == "bmp").Formats);
    }

    [Fact]
    public async Task A_decoder_of_videos_that_stops_in_time_and_says_it_is_done_did_not_see_all()
    {
        await using var host = Host(builder =>
        {
            builder.Services.Configure<MatchingOptions>(options => options.Video.MaximumTime = TimeSpan.FromMilliseconds(200));
            builder.AddVideoDecoder<PoliteDecoder>();
        });
        Assert.Equal(ScanReason.TimedOut, (await HashAsync(host, Mp4)).Reason);
    }

    [Fact]
    public async Task A_decoder_registered_before_the_library_stays_behind_the_built_in_ones()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<RefusingDecoder>().AddSingleton<IImageDecoder>(provider => provider.GetRequiredService<RefusingDecoder>());
        services.AddTakeItDownMatching();
        await using var host = services.BuildServiceProvider();
        await HashAsync(host, await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.bmp"), TestContext.Current.CancellationToken));
        Assert.Equal(0, host.GetRequiredService<RefusingDecoder>().Asked);
    }

    [Fact]
    public async Task A_decoder_of_videos_takes_part_in_a_scan()
    {
        var frames = Enumerable.Range(0, 60).Select(Frame).ToArray();
        await using var host = Host(builder =>
        {
            builder.Services.AddSingleton<IFilmLibrary>(new Library(new Film(Side, Side, 10, TimeSpan.FromSeconds(6), frames)));
            builder.AddVideoDecoder<FilmDecoder>();
        });
        var hashes = await HashAsync(host, Mp4);
        Assert.Equal((MediaKind.Video, ScanReason.None), (hashes.Media, hashes.Reason));
        // Every tenth frame, as the plan asks: one a second.
        Assert.Equal(Enumerable.Range(0, 6).Select(second => TimeSpan.FromSeconds(second)), hashes.Frames.Select(frame => frame.Time));
        Assert.Equal(PdqHasher.Hash(new PixelBuffer(frames[10], Side, Side, PixelFormat.Rgb24)).Hash, hashes.Frames[1].Hash);
    }

    [Fact]
    public async Task A_video_that_ends_before_its_header_says_so_is_cut_short_whoever_decodes_it()
    {
        await using var host = Host(builder =>
        {
            builder.Services.AddSingleton<IFilmLibrary>(new Library(new Film(Side, Side, 10, TimeSpan.FromSeconds(60), Enumerable.Range(0, 60).Select(Frame))));
            builder.AddVideoDecoder<FilmDecoder>();
        });
        Assert.Equal(ScanReason.Truncated, (await HashAsync(host, Mp4)).Reason);
    }

    [Fact]
    public async Task A_video_over_the_limits_is_refused_whoever_decodes_it()
    {
        await using var host = Host(builder =>
        {
            builder.Services.AddSingleton<IFilmLibrary>(new Library(new Film(20_000, Side, 10, TimeSpan.FromSeconds(1), [])));
            builder.AddVideoDecoder<FilmDecoder>();
        });
        Assert.Equal(ScanReason.TooManyPixels, (await HashAsync(host, Mp4)).Reason);
    }

    [Fact]
    public async Task A_video_that_one_decoder_leaves_is_for_the_next_and_else_for_nobody()
    {
        await using var host = Host(builder =>
        {
            builder.Services.AddSingleton<IFilmLibrary>(new Library(null));
            builder.AddVideoDecoder<FilmDecoder>();
            // In the place of ffmpeg, which may be there or not.
            builder.AddVideoDecoder<LastDecoder>(DecoderOrder.First + 1);
        });
        var hashes = await HashAsync(host, Mp4);
        Assert.Equal((1, ScanReason.Damaged), (host.GetServices<IVideoDecoder>().OfType<LastDecoder>().Single().Asked, hashes.Reason));
    }

    private static byte[] Frame(int number)
    {
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y) = (i / 3 % Side, i / 3 / Side);
            pixels[i] = (byte)((((x / (7 + number)) + (y / (11 + number))) % 2 * 160) + (x / 2));
        }
        return pixels;
    }

    private static ServiceProvider Host(Action<IMatchingBuilder> extend)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        extend(services.AddTakeItDownMatching());
        return services.BuildServiceProvider();
    }

    private static ValueTask<ContentHashes> HashAsync(ServiceProvider host, byte[] content) =>
        host.GetRequiredService<IContentHasher>().HashAsync(new MemoryStream(content), TestContext.Current.CancellationToken);

    private sealed class Library(Film? film) : IFilmLibrary
    {
        public Film? Open(string path) => File.Exists(path) ? film : throw new FileNotFoundException("It is not there to be read.");
    }

    /// <summary>Claims every format, and reads nothing.</summary>
    private sealed class RefusingDecoder : IImageDecoder
    {
        public int Asked { get; private set; }

        public string Name => "refusing";

        public DecoderAvailability Availability => new(true, "");

        public static RefusingDecoder Of(ServiceProvider host) => host.GetServices<IImageDecoder>().OfType<RefusingDecoder>().Single();

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            Asked++;
            return new DecodeResult(DecodeStatus.Unsupported);
        }
    }

    /// <summary>Throws, which is "damaged" and goes no further.</summary>
    private sealed class LastDecoder : IVideoDecoder
    {
        public int Asked { get; private set; }

        public string Name => "last";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(VideoFormat format) => true;

        public ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken)
        {
            Asked++;
            throw new InvalidDataException("text that quotes the file");
        }
    }

    /// <summary>Delivers frames until it is told to stop, and takes that for the end.</summary>
    private sealed class PoliteDecoder : IVideoDecoder
    {
        public string Name => "polite";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(VideoFormat format) => true;

        public async ValueTask<VideoDecodeStatus> DecodeAsync(IVideoContent content, VideoFormat format, IFrameSink sink, CancellationToken cancellationToken)
        {
            sink.Begin(new VideoHeader(Side, Side, 10, Duration: null, ExifOrientation: 1, HasOtherTracks: false));
            for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
            {
                if (i < 3 && !sink.Write(TimeSpan.FromSeconds(i), new PixelBuffer(Frame(i), Side, Side, PixelFormat.Rgb24))) break;
                await Task.Yield();
            }
            return VideoDecodeStatus.Complete;
        }
    }
}
