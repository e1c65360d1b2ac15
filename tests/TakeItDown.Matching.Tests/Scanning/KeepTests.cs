namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Content that was scanned is handed on whole, after the verdict, and not for longer than the call.</summary>
public class KeepTests
{
    private static readonly byte[] Landscape = Fixtures.Read("landscape.jpg");
    private static readonly byte[] Fractal = Fixtures.Read("fractal.jpg");

    [Theory]
    [InlineData(4 << 20)]
    [InlineData(4096)]
    public async Task What_was_scanned_is_handed_on_with_its_verdict(int buffer)
    {
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = buffer, Fixtures.Digest(HashKind.Md5, Landscape), Fixtures.Pdq("landscape.jpg"));
        foreach (var (content, verdict) in new[] { (Fractal, Verdict.NoMatch), (Landscape, Verdict.Match), ([1, 2, 3], Verdict.NotScannable), ([], Verdict.NotScannable) })
        {
            using var kept = new MemoryStream();
            var calls = new List<ScanResult>();
            var result = await host.ScanAsync(new PieceStream(content, 5000), Keep(async scanned =>
            {
                calls.Add(scanned.Result);
                Assert.Equal(content.Length, scanned.Content.Length);
                await scanned.Content.CopyToAsync(kept);
            }));
            Assert.Equal(verdict, result.Verdict);
            Assert.Same(result, Assert.Single(calls));
            Assert.Equal(content, kept.ToArray());
        }
    }

    [Theory]
    [InlineData(4 << 20)]
    [InlineData(4096)]
    public async Task Afterwards_nothing_can_be_read_from_it(int buffer)
    {
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = buffer, Fixtures.Digest(HashKind.Md5, Landscape));
        Stream? lent = null;
        await host.ScanAsync(Fractal, Keep(scanned =>
        {
            lent = scanned.Content;
            return ValueTask.CompletedTask;
        }));
        Assert.Throws<ObjectDisposedException>(() => lent!.ReadByte());
    }

    [Fact]
    public async Task What_was_not_read_whole_is_not_handed_on()
    {
        var calls = 0;
        var options = Keep(_ =>
        {
            calls++;
            return ValueTask.CompletedTask;
        });
        await using var small = await ScanHost.WithAsync(matching => matching.MaximumBytes = 1000, Fixtures.Digest(HashKind.Md5, Landscape));
        Assert.Equal(ScanReason.TooManyBytes, (await small.ScanAsync(Fractal, options)).Reason);
        await using var empty = await ScanHost.StartAsync(null, null, new FixedList("test") { CompleteThrough = null });
        Assert.Equal(ScanReason.NeverSynced, (await empty.ScanAsync(Fractal, options)).Reason);
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Md5, Landscape));
        await Assert.ThrowsAsync<IOException>(async () => await host.ScanAsync(new FailingStream(), options));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task What_it_throws_the_scan_throws_and_nothing_is_left()
    {
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = 4096, Fixtures.Digest(HashKind.Md5, Landscape));
        await Assert.ThrowsAsync<IOException>(async () => await host.ScanAsync(Fractal, Keep(_ => throw new IOException("full"))));
    }

    private static ScanOptions Keep(Func<ScannedContent, ValueTask> keep) => new() { Keep = (scanned, _) => keep(scanned) };

    /// <summary>Ends with an error, as a broken connection does.</summary>
    private sealed class FailingStream() : MemoryStream(Fractal)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < 1000 ? base.ReadAsync(buffer[..1000], cancellationToken) : throw new IOException("broken");
    }
}
