using TakeItDown.Matching.EndToEnd.Tests.Page;
using TakeItDown.Matching.EndToEnd.Tests.Tool;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Hosts;

/// <summary>A platform's host that is trimmed, or compiled ahead of time, publishes without a warning and scans as any other.</summary>
/// <param name="files">Shared, so that the libraries are built once.</param>
public sealed class TrimmedHostTests(ScratchFolder files) : IClassFixture<ScratchFolder>
{
    [Fact]
    public Task A_trimmed_host_scans() => PublishAndScanAsync("trimmed", "--self-contained", "-p:PublishTrimmed=true");

    [Fact]
    public Task A_host_that_is_compiled_ahead_of_time_scans()
    {
        Need.That(HasLinker(), "No C compiler links programs that are compiled ahead of time: install clang or gcc.");
        return PublishAndScanAsync("native", "-p:PublishAot=true");
    }

    private async Task PublishAndScanAsync(string name, params string[] options)
    {
        // What it builds goes to a folder of its own: other tests use what was built before. A warning is an error in every project here.
        var output = files.PathOf(name);
        var publish = await RunAsync(
            "dotnet",
            [
                "publish", Path.Combine(TestData.Root, "tests", "Hosts", "TrimmedHost"), "-c", "Release", "--use-current-runtime",
                "--artifacts-path", files.PathOf("artifacts"), "-o", output, "-v", "quiet", "-nologo", "-nodeReuse:false",
                // The build of the solution runs the analyzers; what is asked here is what the linkers say.
                "-p:RunAnalyzers=false", .. options,
            ]);
        Assert.True(publish.ExitCode == 0, publish.Output + publish.Errors);
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);

        var (clean, listed) = (TestData.Fixture("images/fractal.jpg"), TestData.Fixture("images/landscape.jpg"));
        var run = await RunAsync(Path.Combine(output, "TrimmedHost"), [files.PathOf($"{name}.db"), clean, listed]);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal(["NoMatch", "Match md5,sha1,sha256,pdq", "Turned, FurtherPages 12:00:00", "100000000 00:05:00 00:20:00", "True"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()));
    }

    private static async Task<ToolRun> RunAsync(string program, string[] arguments)
    {
        using var process = ToolProcess.Start(password: null, program, arguments);
        return await ToolProcess.EndAsync(process);
    }

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
