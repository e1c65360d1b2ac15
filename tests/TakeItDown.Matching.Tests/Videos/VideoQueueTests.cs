using System.Collections.Concurrent;
using TakeItDown.Matching.Tests.Scanning;
using TakeItDown.Matching.Tests.Videos.Moving;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>What moves waits for its turns as stills do, in a line of its own.</summary>
public class VideoQueueTests
{
    private static readonly byte[] Moving = MakeMoving();

    [Fact]
    public async Task Batches_and_hashing_wait_in_any_number_and_let_uploads_go_first()
    {
        await using var host = await ScanHost.WithAsync(options => options.Video.MaximumDecodes = 1, Fixtures.Far);
        var turns = new ConcurrentQueue<string>();
        using var entered = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        var first = Task.Run(async () => await host.ScanAsync(Moving, new ScanOptions { Progress = Blocked("first") }));
        Assert.True(await entered.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        var scans = Enumerable.Range(0, 50).Select(_ => host.ScanAsync(Moving, new ScanOptions { WaitForTurn = true, Progress = Told("batch") }).AsTask()).ToList();
        var hashes = Enumerable.Range(0, 50)
            .Select(_ => host.Hasher.HashAsync(new MemoryStream(Moving), Told("hash"), TestContext.Current.CancellationToken).AsTask()).ToList();
        var upload = host.ScanAsync(Moving, new ScanOptions { Progress = Blocked("upload") }).AsTask();
        Assert.DoesNotContain<Task>([first, upload, .. scans, .. hashes], task => task.IsCompleted);

        release.Release(2);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(await first));
        // The second frame of the first, and then the upload.
        Assert.True(await entered.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.True(await entered.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(["first", "first", "upload"], turns);

        // The upload has had its turn for too long. Of those that wait, the time has not begun.
        host.Time.Advance(10 * new MatchingOptions().Video.MaximumTime);
        release.Release(2);
        Assert.Equal((Verdict.NotScannable, ScanReason.TimedOut), Answer(await upload));
        Assert.All(await Task.WhenAll(scans), scan => Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(scan)));
        Assert.All(await Task.WhenAll(hashes), hash => Assert.Equal((ScanReason.None, 2), (hash.Reason, hash.Frames.Count)));

        Progress Blocked(string name) => new(() =>
        {
            turns.Enqueue(name);
            entered.Release();
            release.Wait();
        });

        Progress Told(string name) => new(() => turns.Enqueue(name));
    }

    private static (Verdict Verdict, ScanReason Reason) Answer(ScanResult result) => (result.Verdict, result.Reason);

    private static byte[] MakeMoving()
    {
        var random = new System.Random(1);
        return MovingFiles.Png(64, 64, [.. Enumerable.Range(0, 2).Select(_ => new TestFrame(1000, RawPicture.Noise(64, 64, random, isOpaque: true).ToPng()))]);
    }

    private sealed class Progress(Action told) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => told();
    }
}
