using System.Collections.Concurrent;
using TakeItDown.Matching.Tests.Scanning;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Videos.Moving;

/// <summary>No decoder leaves a temporary file, or makes one at all: libvips once wrote every frame of a moving WebP into one that anybody could read.</summary>
public class TemporaryFileTests(VideoClips clips)
{
    [Fact]
    public async Task No_file_is_made_but_our_own_while_hostile_and_huge_pictures_are_scanned()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folder of temporary files is set as Linux has it");
        using var folder = new TempFolder();
        var temporary = Directory.CreateDirectory(folder.File("temporary")).FullName;
        var list = folder.File("list.csv");
        await File.WriteAllTextAsync(list, $"pdq,{PdqHash.FromValue(Fixtures.Far).ToHexString()}\n", TestContext.Current.CancellationToken);
        var made = new ConcurrentBag<string>();
        using var watcher = new FileSystemWatcher(temporary) { IncludeSubdirectories = true };
        watcher.Created += (_, created) => made.Add(created.Name ?? "");
        watcher.EnableRaisingEvents = true;

        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary, ["DOTNET_EnableDiagnostics"] = "0" };
        await using (var tool = ToolProcess.Start(environment, "scan", "-", "--list", list))
        {
            foreach (var path in Directory.GetFiles(TestData.Fixture("hostile")).Concat(Huge()).Concat(await HostileAsync(folder))) await tool.AskAsync(path);
            await tool.FinishAsync();
        }
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        // A large upload is spooled into a file that is unlinked at once, which shows that one made by anybody else would be seen.
        Assert.NotEmpty(made);
        Assert.All(made, name => Assert.Matches("^takeitdown-[0-9a-f]{32}\\.tmp$", name));
    }

    /// <summary>Over 100 MB each, once decoded: from there on libvips prefers files.</summary>
    private IEnumerable<string> Huge()
    {
        foreach (var (name, codec) in new (string Name, string[] Codec)[]
        {
            ("huge.webp", ["-pix_fmt", "bgra", "-c:v", "libwebp", "-lossless", "1", "-compression_level", "0"]),
            ("huge.tif", ["-pix_fmt", "rgb24", "-c:v", "tiff", "-compression_algo", "deflate"]),
            ("huge.gif", []),
            ("huge.png", ["-pix_fmt", "rgba"]),
        })
            yield return clips.Make(name, ["-f", "lavfi", "-i", "gradients=size=5500x5500", "-frames:v", "1", .. codec]);
    }

    private static async Task<List<string>> HostileAsync(TempFolder folder)
    {
        var paths = new List<string>();
        foreach (var (name, bytes) in HostileFiles.All)
        {
            paths.Add(folder.File(name));
            await File.WriteAllBytesAsync(paths[^1], bytes, TestContext.Current.CancellationToken);
        }
        return paths;
    }
}
