namespace TakeItDown.Matching.Tests.Videos;

/// <summary>What is on a disk already is not written to another place to be looked at, and hashes that were kept of a video are judged as the video.</summary>
public sealed class VideoFileTests(VideoClips clips)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_video_on_disk_is_looked_at_where_it_is()
    {
        VideoClips.Require();
        var folder = Directory.CreateTempSubdirectory("takeitdown-none-");
        await using var host = new VideoHost(options => (options.BufferBytes, options.TemporaryDirectory) = (4096, folder.FullName));
        host.Get<IContentScanner>();
        folder.Delete();
        var hashes = await host.Get<IContentHasher>().HashFileAsync(clips.Flight, cancellationToken: Cancellation);
        Assert.NotEmpty(hashes.Frames);
        Assert.Empty(hashes.Gaps);
        Assert.Equal(Verdict.NoMatch, (await host.Get<IContentScanner>().ScanFileAsync(clips.Flight, cancellationToken: Cancellation)).Verdict);

        // It is the temporary file that is not there.
        using var content = new MemoryStream(await File.ReadAllBytesAsync(clips.Flight, Cancellation));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(async () => await host.Get<IContentHasher>().HashAsync(content, Cancellation));
    }

    [Fact]
    public async Task One_that_is_changed_meanwhile_is_no_reason_to_say_no_match()
    {
        VideoClips.Require();
        await using var host = new VideoHost(options => options.BufferBytes = 4096);
        var folder = Directory.CreateTempSubdirectory("takeitdown-own-");
        var path = Path.Combine(folder.FullName, "own.mp4");
        File.Copy(clips.Flight, path);
        var options = new ScanOptions { Progress = new Change(() => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch)) };
        await Assert.ThrowsAsync<IOException>(async () => await host.Get<IContentScanner>().ScanFileAsync(path, options, Cancellation));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_callers_file_is_neither_closed_nor_changed()
    {
        VideoClips.Require();
        await using var host = new VideoHost(options => options.BufferBytes = 4096);
        await using var file = new FileStream(clips.Flight, FileMode.Open, FileAccess.Read);
        await host.Get<IContentHasher>().HashAsync(file, Cancellation);
        Assert.Equal(file.Length, file.Position);
        file.Position = 0;
        var lent = 0L;
        await host.Get<IContentScanner>().ScanAsync(file, new ScanOptions { Keep = Keep }, Cancellation);
        Assert.Equal(file.Length, lent);
        Assert.True(file.CanRead);

        ValueTask Keep(ScannedContent content, CancellationToken cancellationToken)
        {
            lent = content.Content.Length;
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_large_picture_on_disk_has_the_hashes_that_it_has_in_memory()
    {
        await using var host = new VideoHost(options => options.BufferBytes = 4096);
        foreach (var name in (string[])["landscape.jpg", "animated.gif", "landscape.tiff", "landscape.bmp"])
        {
            var path = TestData.Fixture($"images/{name}");
            var onDisk = await host.Get<IContentHasher>().HashFileAsync(path, cancellationToken: Cancellation);
            using var memory = new MemoryStream(await File.ReadAllBytesAsync(path, Cancellation));
            var inMemory = await host.Get<IContentHasher>().HashAsync(memory, Cancellation);
            Assert.Equal(inMemory.Digests, onDisk.Digests);
            Assert.Equal(inMemory.Looks, onDisk.Looks);
            Assert.Equal(inMemory.Gaps, onDisk.Gaps);
        }
    }

    [Theory]
    [InlineData(MediaKind.Image, 1)]
    [InlineData(MediaKind.Video, 3)]
    [InlineData(MediaKind.Video, 100)]
    public async Task Hashes_of_a_video_are_judged_as_the_video(MediaKind listed, int frames)
    {
        VideoClips.Require();
        await using var host = new VideoHost();
        var hashes = await host.HashAsync(clips.Flight);
        host.List("some", listed, hashes.Frames.Take(frames).Select(frame => frame.Hash));
        foreach (var clip in (string[])[clips.Flight, clips.Slideshow])
        {
            var kept = await host.HashAsync(clip);
            foreach (var all in (bool[])[true, false])
            {
                var options = new ScanOptions { StopAtFirstMatch = !all };
                var (scanned, judged) = (await host.ScanAsync(clip, options), host.Get<IContentScanner>().Scan(kept, options));
                Assert.Equal((scanned.Verdict, scanned.Reason, scanned.Checked, scanned.Length), (judged.Verdict, judged.Reason, judged.Checked, judged.Length));
                Assert.Equal(
                    scanned.Matches.Select(match => (match.Entry, match.Kind, match.Distance, match.FrameTime, match.QueryShare, match.ListedShare)),
                    judged.Matches.Select(match => (match.Entry, match.Kind, match.Distance, match.FrameTime, match.QueryShare, match.ListedShare)));
            }
        }
    }

    private sealed class Change(Action change) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => change();
    }
}
