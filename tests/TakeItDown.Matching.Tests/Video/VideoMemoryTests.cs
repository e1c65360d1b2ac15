namespace TakeItDown.Matching.Tests.Video;

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
        var longer = clips.Make("longer.mp4", ["-stream_loop", "19", "-i", clips.Flight, "-c", "copy"]);
        await host.HashAsync(clips.Flight);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(ScanReason.None, (await host.HashAsync(longer)).Reason);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / 200;
        // A frame of 640 x 480 is 300 KB, its plane twice 1.2 MB: those of the video are a 200th for each.
        Assert.InRange(each, 1, 50_000);
    }
}
