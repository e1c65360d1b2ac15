using System.Text.Json;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>What scripts that read <c>takeitdown bench --json</c> rely on. Lists are tiny: the figures themselves prove nothing here.</summary>
public sealed class BenchCommandTests
{
    private static readonly (string Name, string Unit, string? Baseline)[] Contract =
    [
        ("pdq.512.grey", "us", "the scalar kernel"),
        ("decode.jpeg.1mp", "ms", "libjpeg-turbo to grey"),
        ("decode.jpeg.12mp", "ms", "libjpeg-turbo to grey"),
        ("exact.absent", "ns", "FrozenSet<UInt128>"),
        ("exact.present", "ns", "FrozenSet<UInt128>"),
        ("exact.bytesPerEntry", "B", null),
        ("index.query", "us", "a linear scan"),
        ("index.build", "s", null),
        ("index.bytesPerEntry", "B", null),
        ("swap.p99", "us", "the same without a swap"),
        ("scan.files", "1/s", null),
    ];

    [Fact]
    public async Task Every_figure_is_an_object_of_the_agreed_shape()
    {
        var run = await ToolProcess.RunAsync("bench", "--json", "--entries", "500");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(Contract, run.Lines.Select(line => (line.GetProperty("name").GetString()!, line.GetProperty("unit").GetString()!, line.GetProperty("baseline").GetString())));
        Assert.All(run.Lines, line =>
        {
            Assert.Equal(["name", "value", "unit", "baseline", "ratio"], line.EnumerateObject().Select(property => property.Name));
            Assert.InRange(line.GetProperty("value").GetDouble(), double.Epsilon, double.MaxValue);
            var ratio = line.GetProperty("ratio");
            if (line.GetProperty("baseline").ValueKind == JsonValueKind.Null) Assert.Equal(JsonValueKind.Null, ratio.ValueKind);
            else Assert.InRange(ratio.GetDouble(), double.Epsilon, double.MaxValue);
        });
    }

    [Fact]
    public async Task A_list_of_one_entry_is_a_list()
    {
        var run = await ToolProcess.RunAsync("bench", "exact", "--json", "--entries", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["exact.absent", "exact.present", "exact.bytesPerEntry"], run.Lines.Select(line => line.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Files_of_the_platform_are_scanned_in_place_of_drawn_ones()
    {
        using var files = new ScratchFolder();
        foreach (var name in new[] { "landscape.jpg", "landscape.png", "bad/truncated.jpg", "bad/empty.jpg" })
            File.Copy(TestData.Fixture($"images/{name}"), Path.Combine(files.Path, Path.GetFileName(name)));
        var run = await ToolProcess.RunAsync("bench", "scan", "--json", "--entries", "10", "--files", files.Path);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("scan.files", Assert.Single(run.Lines).GetProperty("name").GetString());
    }

    [Fact]
    public async Task People_read_a_table_with_units()
    {
        var run = await ToolProcess.RunAsync("bench", "pdq", "--entries", "2000");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("lists of 2,000 entries, ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^pdq\.512\.grey +[0-9.]+ µs +[0-9.]+ times as fast as the scalar kernel$", Assert.Single(lines[1..]));
    }

    [Theory]
    [InlineData("bench", "everything")]
    [InlineData("bench", "--entries", "0")]
    [InlineData("bench", "--entries", "many")]
    [InlineData("bench", "--files", "/missing/folder")]
    public async Task What_cannot_be_measured_is_refused(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("takeitdown: ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_files_is_refused()
    {
        using var files = new ScratchFolder();
        var run = await ToolProcess.RunAsync("bench", "scan", "--files", files.Path);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal("takeitdown: --files names a directory without files.", Assert.Single(run.Complaints));
    }
}
