using System.Globalization;

namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Every frame of the reference's sample videos, against what the reference says of it.</summary>
public class VideoConformanceTests(ITestOutputHelper output)
{
    private const int MaximumDistance = 10;
    private const double MaximumMean = 2;
    private const int CertainQuality = 80;

    [Theory]
    [InlineData("chair-19-sd-bar")]
    [InlineData("chair-22-sd-grey-bar")]
    [InlineData("doorknob-hd-no-bar")]
    [InlineData("pattern-sd-grey-bar")]
    [InlineData("pattern-sd-with-small-logo-bar")]
    [InlineData("test-padded-dimensions")]
    public async Task Frames_are_close_to_the_reference(string name)
    {
        VideoClips.Require();
        // At 30 frames a second, this is every one of them.
        var progress = new Frames();
        await using var host = new VideoHost(options => (options.Video.FrameInterval, options.MinimumQuality) = (TimeSpan.FromMilliseconds(40), 0));
        var reference = ReadReference(TestData.Conformance($"vpdq/{name}.vpdq.txt"));
        var hashes = await host.HashAsync(TestData.Conformance($"vpdq/{name}.mp4"), progress);
        Assert.Equal(ScanReason.None, hashes.Reason);
        // Those with the hash of an earlier one included.
        Assert.Equal(reference.Count, progress.Count);

        var ours = hashes.Frames.ToDictionary(frame => (int)Math.Round(frame.Time.TotalSeconds * 30));
        var distances = new List<int>();
        for (var number = 0; number < reference.Count; number++)
        {
            var (time, hash, quality) = reference[number];
            if (ours.TryGetValue(number, out var frame))
            {
                Assert.Equal(time, frame.Time.TotalSeconds, 0.001);
                Assert.InRange(frame.Quality, quality - 2, quality + 2);
                if (quality >= CertainQuality) distances.Add(frame.Hash.DistanceTo(hash));
            }
            else if (quality >= CertainQuality)
            {
                // Left out, since an earlier frame has the same hash.
                distances.Add(hashes.Frames.Min(earlier => earlier.Hash.DistanceTo(hash)));
            }
        }
        output.WriteLine($"{name,-32} {distances.Count} of {reference.Count} frames: mean {distances.Average():0.00}, worst {distances.Max()}");
        Assert.True(distances.Max() <= MaximumDistance);
        Assert.True(distances.Average() <= MaximumMean);
    }

    private sealed class Frames : IProgress<VideoProgress>
    {
        public int Count { get; private set; }

        public void Report(VideoProgress value) => Count++;
    }

    private static List<(double Time, PdqHash Hash, int Quality)> ReadReference(string path) =>
        [.. File.ReadLines(path).Select(line => line.Split(',')).Select(cells => (
            double.Parse(cells[3], CultureInfo.InvariantCulture),
            PdqHash.TryParse(cells[2], out var hash) ? hash : throw new FormatException(),
            int.Parse(cells[1], CultureInfo.InvariantCulture)))];
}
