using System.IO.Compression;
using TakeItDown.Matching.EndToEnd.Tests.Tool;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Packages;

/// <summary>What partners get: the packages, made from what was built, and the tool as it is installed from its own.</summary>
public sealed class PackageTests
{
    private const string Prefix = "TakeItDown.Matching";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task Packages_are_whole_and_the_tool_installs_from_its_own()
    {
        using var files = new ScratchFolder();
        await RunAsync("dotnet", "pack", Path.Combine(TestData.Root, "TakeItDown.Matching.sln"), "--no-build", "-c", Configuration, "-o", files.Path, "-v", "quiet");

        string[] libraries = [Prefix, $"{Prefix}.Abstractions", $"{Prefix}.AspNetCore", $"{Prefix}.Sqlite"];
        string[] all = [.. libraries, $"{Prefix}.Tool"];
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(files.Path, $"{Prefix}.Tool.*.nupkg").Single())[$"{Prefix}.Tool.".Length..];
        Assert.Equal(all.SelectMany(id => (string[])[$"{id}.{version}.nupkg", $"{id}.{version}.snupkg"]).Order(StringComparer.Ordinal), Directory.GetFiles(files.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var id in all)
        {
            var folder = libraries.Contains(id) ? "lib/net10.0" : "tools/net10.0/any";
            var package = Names(files.PathOf($"{id}.{version}.nupkg"));
            Assert.All([$"{folder}/{id}.dll", "README.md", "LICENSE"], name => Assert.Contains(name, package));
            if (libraries.Contains(id)) Assert.Contains($"{folder}/{id}.xml", package);
            Assert.Contains($"{folder}/{id}.pdb", Names(files.PathOf($"{id}.{version}.snupkg")));
        }

        var home = files.PathOf("tool");
        await RunAsync("dotnet", "tool", "install", $"{Prefix}.Tool", "--tool-path", home, "--source", files.Path, "--version", version);
        var tool = Path.Combine(home, "takeitdown");
        Assert.StartsWith(version, await RunAsync(tool, "--version"), StringComparison.Ordinal);
        Assert.Contains("5a97d75de1485afa5406f6d6dad45bba250bfe71802925ade530007f7bcc5202", await RunAsync(tool, "hash", TestData.Fixture("images/landscape.bmp")), StringComparison.Ordinal);
        // SQLite's own library comes in the package: an empty store is opened, and found to hold no list.
        using var scan = ToolProcess.Start(password: null, tool, "scan", "--store", files.Write("lists.db", ""), TestData.Fixture("images/landscape.bmp"));
        Assert.Contains("listUnavailable", (await ToolProcess.EndAsync(scan)).Output, StringComparison.Ordinal);
    }

    private static List<string> Names(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = ToolProcess.Start(password: null, program, arguments);
        var run = await ToolProcess.EndAsync(process);
        Assert.True(run.ExitCode == 0, $"{program} {arguments.FirstOrDefault()}: {run.Output}{run.Errors}");
        return run.Output;
    }
}
