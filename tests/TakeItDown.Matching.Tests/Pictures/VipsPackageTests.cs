using System.Diagnostics;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>
/// A host with <c>TakeItDown.Matching.Vips</c>, in a process of its own, where the system's libraries are hidden or not: which libvips it uses, and what
/// that reads.
/// </summary>
public class VipsPackageTests(ITestOutputHelper output)
{
    private static readonly string[] Formats =
        ["landscape.jpg", "landscape-cmyk.jpg", "landscape.png", "landscape.gif", "landscape.webp", "landscape.tiff", "landscape.bmp", "landscape.avif"];

    private static readonly string Host = Path.Combine(
        TestData.Root, "tests", "Hosts", "VipsHost", Path.GetRelativePath(Path.Combine(TestData.Root, "tests", "TakeItDown.Matching.Tests"), AppContext.BaseDirectory), "VipsHost.dll");

    [Fact]
    public async Task With_nothing_of_the_system_the_package_reads_every_format_but_HEIC()
    {
        var lines = await RunAsync(HiddenLibraries.OfPictures, "automatic", [.. Formats, "landscape.heic"]);
        Assert.StartsWith("libjpeg-turbo: False ", Line(lines, "libjpeg-turbo"), StringComparison.Ordinal);
        Assert.Equal("libvips: True 8.18.7, the application's; it cannot read HEIC", Line(lines, "libvips"));
        foreach (var name in Formats) AssertClose(name, Line(lines, name));
        // Not "damaged": nothing is wrong with the file.
        Assert.Equal("landscape.heic: NoDecoder ", Line(lines, "landscape.heic"));
    }

    [Fact]
    public async Task Of_a_system_that_reads_HEIC_libvips_is_used_so_that_adding_the_package_loses_nothing()
    {
        Assert.SkipUnless(AnyDecoder.Vips() is { Availability.IsAvailable: true } vips && vips.CanDecode(ImageFormat.Heif), "the system's libvips reads no HEIC");
        var lines = await RunAsync([], "automatic", [.. Formats, "landscape.heic"]);
        Assert.EndsWith(", the system's", Line(lines, "libvips"), StringComparison.Ordinal);
        foreach (var name in (string[])[.. Formats, "landscape.heic"]) AssertClose(name, Line(lines, name));
    }

    [Theory]
    [InlineData("libde265")]
    [InlineData("libvips")]
    public async Task Where_the_system_reads_no_HEIC_the_newer_library_of_the_package_is_used(string missing)
    {
        var lines = await RunAsync([missing], "automatic", Formats);
        Assert.StartsWith("libvips: True 8.18.7, the application's", Line(lines, "libvips"), StringComparison.Ordinal);
        foreach (var name in Formats) AssertClose(name, Line(lines, name));
    }

    [Fact]
    public async Task The_option_decides_where_it_is_set()
    {
        // Beside the system's GLib, which must not be mixed with the one within.
        var lines = await RunAsync([], "application", Formats);
        Assert.StartsWith("libvips: True 8.18.7, the application's", Line(lines, "libvips"), StringComparison.Ordinal);
        foreach (var name in Formats) AssertClose(name, Line(lines, name));

        lines = await RunAsync(["libvips"], "system", "landscape.png");
        Assert.StartsWith("libvips: False not found; install libvips", Line(lines, "libvips"), StringComparison.Ordinal);
        Assert.Equal("landscape.png: NoDecoder ", Line(lines, "landscape.png"));
    }

    private static void AssertClose(string name, string line)
    {
        var parts = line.Split(' ');
        Assert.Equal((name, "None"), (name, parts[1]));
        var reference = name == "landscape-cmyk.jpg" ? name : name == "landscape.gif" ? name : "landscape.jpg";
        Assert.True(PdqHash.TryParse(parts[2], out var hash));
        Assert.InRange(hash.DistanceTo(Fixtures.Reference(reference).Hash), 0, 10);
    }

    private static string Line(string[] lines, string name) => Assert.Single(lines, line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private async Task<string[]> RunAsync(string[] hidden, string source, params string[] pictures)
    {
        Assert.SkipWhen(HiddenLibraries.Obstacle is not null, HiddenLibraries.Obstacle ?? "");
        using var process = Process.Start(HiddenLibraries.Start(hidden, "dotnet", [Host, source, .. pictures.Select(name => TestData.Fixture("images/" + name))]))!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(text + await errors);
        Assert.Equal(0, process.ExitCode);
        // GLib's warnings come here where two of it meet.
        Assert.Empty(await errors);
        return text.Split('\n');
    }
}
