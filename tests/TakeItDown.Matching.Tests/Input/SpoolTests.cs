using System.Text;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Input;

/// <summary>How content is read: once, in memory or on disk, and with nothing left behind.</summary>
public class SpoolTests
{
    private static readonly byte[] Landscape = Fixtures.Read("landscape.jpg");

    public static TheoryData<int, int> Readings => new()
    {
        // BufferBytes, bytes a read
        { 4 << 20, 1 << 20 }, { 4 << 20, 1000 }, { 4096, 1 << 20 }, { 4096, 1000 }, { 4096, 3 }, { 60_000, 50_000 },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task The_answer_does_not_depend_on_how_content_arrives(int buffer, int chunk)
    {
        await using var host = await ScanHost.WithAsync(
            options => options.BufferBytes = buffer,
            Fixtures.Pdq("landscape.jpg"), Fixtures.Digest(HashKind.Md5, Landscape), Fixtures.Digest(HashKind.Sha1, Landscape), Fixtures.Digest(HashKind.Sha256, Landscape));
        foreach (var stream in new Stream[] { new MemoryStream(Landscape), new PieceStream(Landscape, chunk) })
        {
            var result = await host.ScanAsync(stream, new ScanOptions { StopAtFirstMatch = false });
            Assert.Equal((Verdict.Match, MediaKind.Image, Landscape.Length, HashKinds.All), (result.Verdict, result.Media, (int)result.Length, result.Checked));
            Assert.Equal([HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq], result.Matches.Select(match => match.Kind).Order());
        }
    }

    [Fact]
    public async Task A_stream_is_read_once_from_where_it_stands_and_not_disposed()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Md5, Landscape));
        await using var stream = new PieceStream([.. "before"u8, .. Landscape], 5000);
        await stream.ReadExactlyAsync(new byte[6], TestContext.Current.CancellationToken);
        Assert.Equal(Verdict.Match, (await host.ScanAsync(stream)).Verdict);
        Assert.Equal(Landscape.Length + 6, stream.Given);
        Assert.False(stream.IsDisposed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(long.MaxValue)]
    [InlineData(-5)]
    public async Task A_stream_that_lies_about_its_length_is_read_to_its_end(long length)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Sha1, Landscape));
        var result = await host.ScanAsync(new PieceStream(Landscape, 30_000) { ClaimedLength = length });
        Assert.Equal((Verdict.Match, Landscape.Length), (result.Verdict, (int)result.Length));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(80_000)]
    public async Task Content_over_the_limit_is_read_no_further(int limit)
    {
        await using var host = await ScanHost.WithAsync(
            options => (options.MaximumBytes, options.BufferBytes) = (limit, 4096),
            Fixtures.Digest(HashKind.Md5, Landscape));
        // What the pool may hold from another upload must not be taken for this one.
        await host.ScanAsync(Fixtures.Read("landscape.png"));
        var stream = new PieceStream([.. Encoding.ASCII.GetBytes("plain text "), .. new byte[300_000]], 50_000);
        var result = await host.ScanAsync(stream);
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyBytes, MediaKind.Other), (result.Verdict, result.Reason, result.Media));
        Assert.Equal(stream.Given, result.Length);
        Assert.InRange(result.Length, limit + 1, limit + 50_000);
    }

    [Fact]
    public async Task Content_of_exactly_the_limit_is_scanned()
    {
        await using var host = await ScanHost.WithAsync(options => options.MaximumBytes = Landscape.Length, Fixtures.Digest(HashKind.Md5, Landscape));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Fact]
    public async Task Large_content_lies_in_a_file_that_nobody_else_can_open_and_that_has_no_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files are looked at through /proc");
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = 4096, Fixtures.Far);
        var seen = new List<UnixFileMode>();
        // The folder of temporary files is this test's own, so that what lies in it is of this scan.
        var stream = new PieceStream(Landscape, 20_000)
        {
            OnRead = () =>
            {
                Assert.Empty(Directory.GetFileSystemEntries(host.Temporary));
                foreach (var link in Directory.GetFiles("/proc/self/fd"))
                {
                    if (!OperatingSystem.IsWindows() && new FileInfo(link).LinkTarget is { } target && target.StartsWith(host.Temporary, StringComparison.Ordinal)) seen.Add(File.GetUnixFileMode(link));
                }
            },
        };
        await host.ScanAsync(stream);
        Assert.NotEmpty(seen);
        Assert.All(seen, mode => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(4 << 20)]
    public async Task A_stream_that_throws_ends_the_scan_with_its_own_exception(int buffer)
    {
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = buffer, Fixtures.Far);
        var failure = new IOException("the line went dead");
        var stream = new PieceStream(Landscape, 10_000);
        stream.OnRead = () =>
        {
            if (stream.Given > 50_000) throw failure;
        };
        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(async () => await host.ScanAsync(stream)));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(4 << 20)]
    public async Task A_cancelled_scan_stops_with_the_callers_own_token(int buffer)
    {
        await using var host = await ScanHost.WithAsync(options => options.BufferBytes = buffer, Fixtures.Far);
        using var cancellation = new CancellationTokenSource();
        var stream = new PieceStream(Landscape, 10_000);
        stream.OnRead = () =>
        {
            if (stream.Given > 50_000) cancellation.Cancel();
        };
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await host.Scanner.ScanAsync(stream, null, cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.True(stream.Given < Landscape.Length);
    }

    [Fact]
    public async Task A_slow_stream_times_out()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var stream = new PieceStream(Landscape, 10_000);
        stream.OnRead = () =>
        {
            if (stream.Given > 50_000) host.Time.Advance(TimeSpan.FromMinutes(3));
        };
        var result = await host.ScanAsync(stream);
        Assert.Equal((Verdict.NotScannable, ScanReason.TimedOut), (result.Verdict, result.Reason));
    }
}
