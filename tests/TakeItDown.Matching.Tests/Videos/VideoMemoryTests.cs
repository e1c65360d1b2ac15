namespace TakeItDown.Matching.Tests.Videos;

/// <summary>Alone, since memory is counted for the whole process.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public class MemoryAlone;

/// <summary>A longer video takes no more memory than a short one, but for its hashes.</summary>
[Collection("memory")]
public class VideoMemoryTests(VideoClips clips)
{
    [Fact]
    public async Task No_frame_is_kept()
    {
        await using var host = new VideoHost();
        var shorter = clips.Make("shorter.mp4", ["-stream_loop", "7", "-i", clips.Flight, "-c", "copy"]);
        var longer = clips.Make("longer.mp4", ["-stream_loop", "15", "-i", clips.Flight, "-c", "copy"]);
        await HashAsync(host, shorter);
        var each = (await HashAsync(host, longer) - await HashAsync(host, shorter)) / 80;
        // The brightness of a frame of 640 x 480 takes 1.2 MB, its colours 0.9 MB; pools that grow and shrink account for less.
        Assert.True(each < 100_000, $"{each} bytes a frame");
    }

    /// <summary>Gives the bytes that were allocated.</summary>
    private static async Task<long> HashAsync(VideoHost host, string path)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(ScanReason.None, (await host.HashAsync(path)).Reason);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
