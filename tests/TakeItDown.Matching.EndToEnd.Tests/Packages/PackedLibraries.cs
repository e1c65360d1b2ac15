using TakeItDown.Matching.EndToEnd.Tests.Tool;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Packages;

/// <summary>The packages, made once from what was built, for all tests that look at them.</summary>
[CollectionDefinition(Collection)]
public sealed class PackedLibraries : IAsyncLifetime, ICollectionFixture<PackedLibraries>
{
    public const string Prefix = "TakeItDown.Matching", Collection = "packages";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly ScratchFolder _folder = new();

    public string Folder => _folder.Path;

    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await RunAsync("dotnet", "pack", Path.Combine(TestData.Root, "TakeItDown.Matching.sln"), "--no-build", "-c", Configuration, "-o", Folder, "-v", "quiet");
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, $"{Prefix}.Tool.*.nupkg").Single())[$"{Prefix}.Tool.".Length..];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = ToolProcess.Start(password: null, program, arguments);
        var run = await ToolProcess.EndAsync(process);
        Assert.True(run.ExitCode == 0, $"{program} {arguments.FirstOrDefault()}: {run.Output}{run.Errors}");
        return run.Output;
    }
}
