using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What scanning takes of a machine, and what it does without the machine's libraries: seen from outside, in a process of its own.</summary>
public class ProcessTests(ITestOutputHelper output)
{
    private const int MaximumMegabytes = 400;

    [Fact]
    public async Task Hostile_files_are_answered_within_the_memory_allowed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is read from /proc");
        using var folder = new TempFolder();
        await using var tool = ToolProcess.Start(null, "scan", "-", "--list", List(folder));
        foreach (var bad in Directory.GetFiles(TestData.Fixture("images/bad")).Where(bad => !bad.EndsWith("text.jpg", StringComparison.Ordinal))) await ExpectNotScannableAsync(tool, bad);
        foreach (var (name, bytes) in HostileFiles.All)
        {
            var path = folder.File(name);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            await ExpectNotScannableAsync(tool, path);
        }
        Assert.InRange(tool.PeakMegabytes, 1, MaximumMegabytes);
        Assert.Equal(1, (await tool.FinishAsync()).ExitCode);
    }

    [Fact]
    public async Task The_texts_of_a_PNG_take_no_memory_and_the_picture_is_judged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is read from /proc");
        using var folder = new TempFolder();
        await using var tool = ToolProcess.Start(null, "scan", "-", "--list", List(folder));
        var path = folder.File("texts.png");
        // A quarter of a megabyte that comes to 260 MB.
        var content = HostileFiles.WithChunks(Fixtures.Read("landscape.png"), HostileFiles.Texts(33));
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal("match", (await tool.AskAsync(path)).GetProperty("verdict").GetString());
        output.WriteLine($"{tool.PeakMegabytes} MB");
        Assert.InRange(tool.PeakMegabytes, 1, (int)(new MatchingOptions().Decoding.MaximumDecodeBytes >> 20));
        await tool.FinishAsync();
    }

    [Fact]
    public async Task A_missing_library_disables_its_decoder_and_nothing_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries are hidden as Linux finds them");
        using var folder = new TempFolder();
        // What is found under the name first is no library: the loader gives up there.
        foreach (var name in new[] { "libvips.so.42", "libvips.so" }) await File.WriteAllTextAsync(folder.File(name), "no library", TestContext.Current.CancellationToken);
        var hidden = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(folder.File("."))! };

        await using var tool = ToolProcess.Start(hidden, "scan", "-", "--list", List(folder));
        for (var i = 0; i < 2; i++)
        {
            var png = await tool.AskAsync(TestData.Fixture("images/landscape.png"));
            Assert.Equal("notScannable", png.GetProperty("verdict").GetString());
            Assert.Equal(ScanReason.NoDecoder.Explain(), png.GetProperty("reason").GetString());
        }
        foreach (var name in new[] { "landscape.jpg", "landscape.bmp" })
            Assert.Equal("match", (await tool.AskAsync(TestData.Fixture("images/" + name))).GetProperty("verdict").GetString());
        await tool.FinishAsync();
        Assert.Single(tool.Errors.Split('\n'), line => line.Contains("libvips is disabled", StringComparison.Ordinal));

        await using var doctor = ToolProcess.Start(hidden, "doctor");
        var (report, exitCode) = await doctor.FinishAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("install libvips", report, StringComparison.Ordinal);
    }

    private static string List(TempFolder folder)
    {
        var path = folder.File("list.txt");
        File.WriteAllText(path, $"pdq,{Fixtures.Pdq("landscape.jpg").ToHexString()}\n");
        return path;
    }

    private async Task ExpectNotScannableAsync(ToolProcess tool, string path)
    {
        var answer = await tool.AskAsync(path);
        output.WriteLine($"{Path.GetFileName(path),-32} {tool.PeakMegabytes,4} MB so far  {answer.GetProperty("reason").GetString()}");
        Assert.Equal("notScannable", answer.GetProperty("verdict").GetString());
        Assert.NotEmpty(answer.GetProperty("reason").GetString()!);
    }
}
