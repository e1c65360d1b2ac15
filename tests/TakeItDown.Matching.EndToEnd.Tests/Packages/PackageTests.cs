using System.IO.Compression;
using System.Xml.Linq;
using TakeItDown.Matching.EndToEnd.Tests.Tool;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Packages.PackedLibraries;

namespace TakeItDown.Matching.EndToEnd.Tests.Packages;

/// <summary>What partners get: the packages, made from what was built, and the tool as it is installed from its own.</summary>
[Collection(PackedLibraries.Collection)]
public sealed class PackageTests(PackedLibraries packed)
{
    private static readonly string[] Libraries = [Prefix, $"{Prefix}.Abstractions", $"{Prefix}.AspNetCore", $"{Prefix}.Sqlite", $"{Prefix}.Testing"];

    [Fact]
    public async Task Packages_are_whole_and_the_tool_installs_from_its_own()
    {
        using var files = new ScratchFolder();
        string[] all = [.. Libraries, $"{Prefix}.Tool"];
        var version = packed.Version;
        Assert.Equal(
            all.SelectMany(id => (string[])[$"{id}.{version}.nupkg", $"{id}.{version}.snupkg"]).Append($"{Prefix}.Vips.{version}.nupkg").Order(StringComparer.Ordinal),
            Directory.GetFiles(packed.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var id in all)
        {
            var folder = Libraries.Contains(id) ? "lib/net10.0" : "tools/net10.0/any";
            var package = Names(packed.PathOf($"{id}.{version}.nupkg"));
            Assert.All([$"{folder}/{id}.dll", "README.md", "LICENSE"], name => Assert.Contains(name, package));
            if (Libraries.Contains(id)) Assert.Contains($"{folder}/{id}.xml", package);
            Assert.Contains($"{folder}/{id}.pdb", Names(packed.PathOf($"{id}.{version}.snupkg")));
        }

        var home = files.PathOf("tool");
        await RunAsync("dotnet", "tool", "install", $"{Prefix}.Tool", "--tool-path", home, "--source", packed.Folder, "--version", version);
        var tool = Path.Combine(home, "takeitdown");
        Assert.StartsWith(version, await RunAsync(tool, "--version"), StringComparison.Ordinal);
        var hashed = await RunAsync(tool, "hash", TestData.Fixture("images/landscape.bmp"));
        Assert.Contains("5a97d75de1485afa5406f6d6dad45bba250bfe71802925ade530007f7bcc5202", hashed, StringComparison.Ordinal);
        // SQLite's own library comes in the package: an empty store is opened, and found to hold no list.
        using var scan = ToolProcess.Start(password: null, tool, "scan", "--store", files.Write("lists.db", ""), TestData.Fixture("images/landscape.bmp"));
        Assert.Contains("listUnavailable", (await ToolProcess.EndAsync(scan)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_of_libvips_brings_native_code_and_the_notices_that_its_licence_asks_for()
    {
        const string Vips = $"{Prefix}.Vips";
        var names = Names(packed.PathOf($"{Vips}.{packed.Version}.nupkg"));
        Assert.All(["NOTICE.md", "LGPL-3.0.txt", "GPL-3.0.txt", "README.md", "LICENSE"], name => Assert.Contains(name, names));
        Assert.DoesNotContain(names, name => name.EndsWith(".dll", StringComparison.Ordinal));
        Assert.All([("NetVips.Native", "8.18.7"), (Prefix, packed.Version)], asked => Assert.Contains(asked, Dependencies(Vips)));
    }

    [Fact]
    public void Libraries_make_nobody_upgrade_the_extensions()
    {
        var asked = Libraries.SelectMany(Dependencies).Where(dependency => dependency.Id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, dependency => Assert.Equal((dependency.Id, "10.0.0"), dependency));
    }

    /// <summary>What a package asks for, with the versions from which on.</summary>
    private IEnumerable<(string Id, string Version)> Dependencies(string library)
    {
        using var archive = ZipFile.OpenRead(packed.PathOf($"{library}.{packed.Version}.nupkg"));
        using var nuspec = archive.GetEntry($"{library}.nuspec")!.Open();
        return
        [
            .. XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value)),
        ];
    }

    private static List<string> Names(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
