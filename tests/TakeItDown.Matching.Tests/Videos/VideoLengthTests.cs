namespace TakeItDown.Matching.Tests.Videos;

/// <summary>A video of two hours: what is decided early is not read to its end.</summary>
public sealed class VideoLengthTests(VideoClips clips) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("takeitdown-long-").FullName;

    [Theory]
    [InlineData(true, 2, 0.0, 0.1)]
    [InlineData(false, 7199, 0.9, 1.1)]
    public async Task A_match_near_the_start_leaves_the_rest_unread(bool stop, int lastSecond, double leastShare, double mostShare)
    {
        VideoClips.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has read is asked of Linux.");
        // Under a path of this test's own, by which these processes can be told from others.
        foreach (var program in new[] { "ffmpeg", "ffprobe" }) File.CreateSymbolicLink(Path.Combine(_folder, program), VideoClips.Find(program)!);
        await using var host = new VideoHost(options => options.FfmpegDirectory = _folder);

        var clip = clips.Make("small.mp4", ["-i", clips.Flight, "-vf", "scale=160:120,fps=2", "-c:v", "libx264", "-crf", "40"]);
        var video = clips.Make("two-hours.mp4", ["-stream_loop", "719", "-i", clip, "-c", "copy", "-movflags", "+faststart"]);
        host.List("picture", MediaKind.Image, [(await host.HashAsync(clip)).Frames[3].Hash]);

        var reads = new Reads(_folder);
        var result = await host.ScanAsync(video, new ScanOptions { StopAtFirstMatch = stop, Progress = reads });
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.Single(result.Matches).FrameTime);
        // Progress is told of frames that did not end the scan.
        Assert.Equal(new VideoProgress(TimeSpan.FromSeconds(lastSecond), TimeSpan.FromHours(2)), reads.Last);
        Assert.InRange(reads.Bytes / (double)new FileInfo(video).Length, leastShare, mostShare);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Notes, at each frame, how many bytes the processes of this test have read.</summary>
    private sealed class Reads(string folder) : IProgress<VideoProgress>
    {
        public VideoProgress Last { get; private set; }

        public long Bytes { get; private set; }

        public void Report(VideoProgress value)
        {
            Last = value;
            // Not at each of thousands.
            if (value.Done.TotalSeconds % 100 is > 2 and < 99) return;
            foreach (var process in ChildProcesses.Of(folder))
            {
                // The first line: "rchar: 12345".
                var read = ChildProcesses.Read(process, "io").Split('\n')[0].Split(' ');
                if (read.Length == 2) Bytes = Math.Max(Bytes, long.Parse(read[1], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
