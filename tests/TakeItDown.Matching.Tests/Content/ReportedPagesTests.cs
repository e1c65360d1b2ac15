using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Content;

/// <summary>While further pages are only reported, what they cost or hide takes nothing from the verdict over the first picture.</summary>
public sealed class ReportedPagesTests
{
    private static readonly (string, string) Reported = ("Matching:ReportOnly", "FurtherPages");

    [Fact]
    public async Task A_plain_picture_stays_too_plain_when_its_pages_take_too_long()
    {
        var decoder = new SlowPages();
        using var host = new ListsHost(["npo"], builder => builder.Services.AddSingleton<IImageDecoder>(decoder), Reported);
        decoder.OnPage = () => host.Time.Advance(TimeSpan.FromHours(1));
        await host.SyncAsync("npo", await new ListsHost(["npo"]).EntryAsync("1", ListsHost.Picture("landscape.jpg")));

        var file = await File.ReadAllBytesAsync(TestData.Fixture("hostile/by-mpo.jpg"), TestContext.Current.CancellationToken);
        var result = await host.ScanAsync(file);
        Assert.True(decoder.Pages > 1);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), (result.Verdict, result.Reason));
        Assert.Equal((Verdict.NotScannable, ScanReason.TimedOut), (result.ReportOnly!.Verdict, result.ReportOnly.Reason));
    }

    [Fact]
    public async Task A_moving_picture_of_which_no_frame_was_seen_is_not_said_to_be_clean()
    {
        using var host = new ListsHost(["npo"], configure: null, Reported);
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("fractal.jpg")));
        // More frames than are read: of none is anything known, not even of the first.
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        var gif = ListsHost.Picture("landscape.gif").SkipLast(1).Concat(Enumerable.Repeat(frame, 10_001).SelectMany(each => each)).Append((byte)0x3B).ToArray();
        var result = await host.ScanAsync(gif);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyFrames), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task Plain_pixels_stay_too_plain_beside_a_list_that_is_only_reported()
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("npo:Kinds", "Md5"), ("new:Mode", "ReportOnly"));
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        await host.SyncAsync("new", await host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        var result = host.Get<IContentScanner>().Scan(new PixelBuffer(new byte[64 * 64], 64, 64, PixelFormat.Grey8));
        Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), (result.Verdict, result.Reason));
    }

    /// <summary>Shows one plain picture, and waits for ever at the next.</summary>
    private sealed class SlowPages : IImageDecoder
    {
        public Action OnPage { get; set; } = () => { };

        public int Pages { get; private set; }

        public string Name => "slow";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => format == ImageFormat.Jpeg;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            if (++Pages > 1)
            {
                OnPage();
                cancellationToken.WaitHandle.WaitOne();
                cancellationToken.ThrowIfCancellationRequested();
            }
            sink.Accept(64, 64, 0);
            sink.Begin(64, 64);
            sink.Write(new PixelBuffer(new byte[64 * 64], 64, 64, PixelFormat.Grey8));
            return new DecodeResult(DecodeStatus.Complete);
        }
    }
}
