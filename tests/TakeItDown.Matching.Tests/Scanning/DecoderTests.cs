using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What a scan makes of decoders that are slow, broken or absent.</summary>
public class DecoderTests
{
    private const string Secret = "text that quotes the file";

    private static readonly byte[] Landscape = Fixtures.Read("landscape.jpg");

    [Fact]
    public async Task A_decode_that_takes_too_long_times_out()
    {
        await using var host = await ScanHost.StartAsync(null, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        var scan = Task.Run(async () => await host.ScanAsync(Landscape));
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        var result = await scan;
        Assert.Equal((Verdict.NotScannable, ScanReason.TimedOut), (result.Verdict, result.Reason));
        Assert.Equal((MediaKind.Image, Landscape.Length), (result.Media, (int)result.Length));
    }

    [Fact]
    public async Task Too_many_scans_at_a_time_are_turned_away_and_the_others_finish()
    {
        await using var host = await ScanHost.StartAsync(
            options => options.Decoding.MaximumDecodes = 1, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        List<Task<ScanResult>> scans = [Task.Run(async () => await host.ScanAsync(Landscape))];
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        for (var waiting = 0; waiting < 16; waiting++) scans.Add(host.ScanAsync(Landscape).AsTask());
        Assert.DoesNotContain(scans, scan => scan.IsCompleted);

        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NotScannable, ScanReason.Busy), (result.Verdict, result.Reason));

        decoder.Release.Release(scans.Count);
        Assert.All(await Task.WhenAll(scans), scan => Assert.Equal(ScanReason.Damaged, scan.Reason));
        decoder.Release.Release();
        Assert.Equal(ScanReason.Damaged, (await host.ScanAsync(Landscape)).Reason);
    }

    [Fact]
    public async Task A_scan_that_is_cancelled_while_it_waits_gives_its_place_up()
    {
        await using var host = await ScanHost.StartAsync(
            options => options.Decoding.MaximumDecodes = 1, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        var first = Task.Run(async () => await host.ScanAsync(Landscape));
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 40; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var waiting = host.Scanner.ScanAsync(new MemoryStream(Landscape), null, cancellation.Token).AsTask();
            Assert.False(waiting.IsCompleted);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        decoder.Release.Release();
        await first;
    }

    [Fact]
    public async Task A_batch_waits_for_its_turns_in_any_number_and_lets_uploads_go_first()
    {
        await using var host = await ScanHost.StartAsync(
            options => options.Decoding.MaximumDecodes = 1, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        var first = Task.Run(async () => await host.ScanAsync(Landscape));
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var batch = new ScanOptions { WaitForTurn = true };
        var scans = Enumerable.Range(0, 100).Select(_ => host.ScanAsync(Landscape, batch).AsTask()).ToList();
        // Came last, and goes first, though a hundred wait; they keep no upload from waiting either.
        var upload = host.ScanAsync(Landscape).AsTask();
        Assert.DoesNotContain([first, upload, .. scans], scan => scan.IsCompleted);

        decoder.Release.Release(2);
        Assert.Equal(ScanReason.Damaged, (await first).Reason);
        // Two turns end, and no more: were the second one of the batch's, the upload would be waited for in vain.
        Assert.Same(upload, await Task.WhenAny([upload, .. scans]));
        Assert.Equal(ScanReason.Damaged, (await upload).Reason);
        Assert.DoesNotContain(scans, scan => scan.IsCompleted);

        decoder.Release.Release(scans.Count);
        Assert.All(await Task.WhenAll(scans), scan => Assert.Equal(ScanReason.Damaged, scan.Reason));
    }

    [Fact]
    public async Task Hashing_waits_for_its_turns_in_any_number_and_lets_uploads_go_first()
    {
        await using var host = await ScanHost.StartAsync(
            options => options.Decoding.MaximumDecodes = 1, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        var first = Task.Run(async () => await host.ScanAsync(Landscape));
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var hashes = Enumerable.Range(0, 100).Select(_ => host.Hasher.HashAsync(new MemoryStream(Landscape), TestContext.Current.CancellationToken).AsTask()).ToList();
        var upload = host.ScanAsync(Landscape).AsTask();
        Assert.DoesNotContain<Task>([first, upload, .. hashes], task => task.IsCompleted);

        decoder.Release.Release(2);
        await first;
        Assert.Same(upload, await Task.WhenAny((Task[])[upload, .. hashes]));
        decoder.Release.Release(hashes.Count);
        Assert.All(await Task.WhenAll(hashes), hash => Assert.Equal(ScanReason.Damaged, hash.Reason));
    }

    [Fact]
    public async Task A_scan_of_a_batch_times_out_like_another_once_it_is_its_turn()
    {
        await using var host = await ScanHost.StartAsync(
            options => options.Decoding.MaximumDecodes = 1, builder => builder.AddImageDecoder<BlockedDecoder>(), new FixedList("test", Fixtures.Far));
        var decoder = BlockedDecoder.Of(host);
        var first = Task.Run(async () => await host.ScanAsync(Landscape));
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var second = host.ScanAsync(Landscape, new ScanOptions { WaitForTurn = true }).AsTask();
        host.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(first.IsCompleted);
        decoder.Release.Release();
        await first;
        await decoder.Entered.WaitAsync(TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(second.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ScanReason.TimedOut, (await second).Reason);
    }

    [Theory]
    [InlineData(typeof(ThrowingDecoder))]
    [InlineData(typeof(RefusingDecoder))]
    public async Task A_decoder_that_throws_never_throws_out_of_a_scan_nor_into_a_log(Type decoder)
    {
        await using var host = await ScanHost.StartAsync(
            null, builder => builder.Services.AddSingleton(typeof(IImageDecoder), decoder), new FixedList("test", Fixtures.Far, Fixtures.Digest(HashKind.Md5, [1])));
        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged, HashKinds.Md5), (result.Verdict, result.Reason, result.Checked));
        var log = Assert.Single(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        Assert.Contains(nameof(InvalidDataException), log.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, log.Message, StringComparison.Ordinal);
        Assert.Null(log.Exception);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(1000)]
    [InlineData(400)]
    [InlineData(20)]
    public async Task Half_a_picture_is_not_scannable_even_where_its_decoder_calls_it_complete(int side)
    {
        var decoder = new HalfDecoder(side);
        await using var host = await ScanHost.StartAsync(
            options => options.MinimumQuality = 0, builder => builder.Services.AddSingleton<IImageDecoder>(decoder), new FixedList("test", Fixtures.Far));
        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), (result.Verdict, result.Reason));
        Assert.False(result.Checked.Contains(HashKind.Pdq));
        decoder.IsWhole = true;
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Fact]
    public async Task A_format_that_only_a_missing_decoder_reads_is_not_scannable_and_said_once()
    {
        await using var host = await ScanHost.StartAsync(
            null, builder =>
            {
                // The only decoder, as if the machine had none of the others.
                for (var i = builder.Services.Count - 1; i >= 0; i--)
                {
                    if (builder.Services[i].ServiceType == typeof(IImageDecoder)) builder.Services.RemoveAt(i);
                }
                builder.AddImageDecoder<MissingDecoder>();
            },
            new FixedList("test", Fixtures.Far, Fixtures.Digest(HashKind.Md5, Landscape)));
        for (var i = 0; i < 3; i++)
        {
            var result = await host.ScanAsync(Fixtures.Read("fractal.jpg"));
            Assert.Equal((Verdict.NotScannable, ScanReason.NoDecoder), (result.Verdict, result.Reason));
        }
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
        var warning = Assert.Single(host.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning && record.Message.Contains("missing", StringComparison.Ordinal));
        Assert.Contains("install it", warning.Message, StringComparison.Ordinal);
    }

    /// <summary>Waits for the test, and then reads nothing.</summary>
    internal sealed class BlockedDecoder : IImageDecoder
    {
        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Release { get; } = new(0);

        public string Name => "blocked";

        public DecoderAvailability Availability => new(true, "");

        public static BlockedDecoder Of(ScanHost host) => host.Get<IEnumerable<IImageDecoder>>().OfType<BlockedDecoder>().Single();

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            Entered.Release();
            Release.Wait(cancellationToken);
            return new DecodeResult(DecodeStatus.Undecodable);
        }
    }

    private sealed class ThrowingDecoder : IImageDecoder
    {
        public string Name => "throwing";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
            throw new InvalidDataException(Secret);
    }

    private sealed class RefusingDecoder : IImageDecoder
    {
        public string Name => "refusing";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => throw new InvalidDataException(Secret);

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) => default;
    }

    /// <summary>Delivers the upper half of the rows, and says that it was all.</summary>
    private sealed class HalfDecoder(int side) : IImageDecoder
    {
        public bool IsWhole { get; set; }

        public string Name => "half";

        public DecoderAvailability Availability => new(true, "");

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken)
        {
            sink.Begin(side, side);
            var row = new byte[side];
            for (var y = 0; y < side; y++)
            {
                new Random(y).NextBytes(row);
                if (IsWhole || y < side / 2) sink.Write(y, row, PixelFormat.Grey8);
            }
            return new DecodeResult(DecodeStatus.Complete);
        }
    }

    internal sealed class MissingDecoder : IImageDecoder
    {
        public string Name => "missing";

        public DecoderAvailability Availability => new(false, "install it");

        public bool CanDecode(ImageFormat format) => true;

        public DecodeResult Decode(ReadOnlySpan<byte> content, ImageFormat format, IPictureSink sink, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A decoder that is not available is not asked.");
    }
}
