using System.Globalization;

namespace TakeItDown.Matching.Tests.Video;

/// <summary>Every frame of the reference's sample videos, against what the reference says of it.</summary>
public class VideoConformanceTests(ITestOutputHelper output)
{
    private const int MaximumDistance = 10;
    private const double MaximumMean = 2;
    private const int CertainQuality = 80;

    private static readonly string[] Videos =
        ["chair-19-sd-bar", "chair-22-sd-grey-bar", "doorknob-hd-no-bar", "pattern-sd-grey-bar", "pattern-sd-with-small-logo-bar", "test-padded-dimensions"];

    [Fact]
    public async Task Frames_are_close_to_the_reference()
    {
        VideoClips.Require();
        // At 30 frames a second, every ninth: the reference has them all. (With 40 ms, this is every frame, and takes a minute.)
        await using var host = new VideoHost(options => (options.FrameInterval, options.MinimumQuality) = (TimeSpan.FromMilliseconds(300), 0));
        var all = new List<int>();
        foreach (var name in Videos)
        {
            var reference = ReadReference(TestData.Conformance($"vpdq/{name}.vpdq.txt"));
            var hashes = await host.HashAsync(TestData.Conformance($"vpdq/{name}.mp4"));
            Assert.Equal(ScanReason.None, hashes.Reason);
            Assert.NotEmpty(hashes.Frames);
            var distances = new List<int>();
            foreach (var frame in hashes.Frames)
            {
                var (time, hash, quality) = reference[(int)Math.Round(frame.Time.TotalSeconds * 30)];
                Assert.Equal(time, frame.Time.TotalSeconds, 0.001);
                Assert.InRange(frame.Quality, quality - 2, quality + 2);
                if (quality >= CertainQuality) distances.Add(frame.Hash.DistanceTo(hash));
            }
            output.WriteLine($"{name,-32} {hashes.Frames.Count} different frames: mean {distances.Average():0.00}, worst {distances.Max()}");
            all.AddRange(distances);
        }
        Assert.True(all.Max() <= MaximumDistance);
        Assert.True(all.Average() <= MaximumMean);
    }

    private static List<(double Time, PdqHash Hash, int Quality)> ReadReference(string path) =>
        [.. File.ReadLines(path).Select(line => line.Split(',')).Select(cells => (
            double.Parse(cells[3], CultureInfo.InvariantCulture),
            PdqHash.TryParse(cells[2], out var hash) ? hash : throw new FormatException(),
            int.Parse(cells[1], CultureInfo.InvariantCulture)))];
}
