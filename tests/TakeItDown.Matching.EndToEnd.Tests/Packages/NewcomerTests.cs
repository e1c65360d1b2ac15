using System.Net;
using System.Text.RegularExpressions;
using TakeItDown.Matching.EndToEnd.Tests.Newcomer;
using TakeItDown.Matching.EndToEnd.Tests.Tool;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Packages.PackedLibraries;

namespace TakeItDown.Matching.EndToEnd.Tests.Packages;

/// <summary>A newcomer's first minutes: an empty web project outside the checkout, the packages, and the README's first program pasted into it.</summary>
[Collection(PackedLibraries.Collection)]
public sealed partial class NewcomerTests(PackedLibraries packed)
{
    [Fact]
    public async Task What_the_README_shows_builds_in_an_empty_project_and_refuses_what_is_listed()
    {
        using var files = new ScratchFolder();
        var readme = await File.ReadAllTextAsync(Path.Combine(TestData.Root, "README.md"), TestContext.Current.CancellationToken);
        files.Write("app/Program.cs", FirstBlock().Match(readme).Groups["code"].Value);
        // Beside the feeds that the machine has.
        files.Write("app/nuget.config", $"""<configuration><packageSources><add key="packed" value="{packed.Folder}" /></packageSources></configuration>""");
        // As 'dotnet new web' and 'dotnet add package' write it.
        var project = files.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{Prefix}.Vips" Version="{packed.Version}" />
                <PackageReference Include="{Prefix}.AspNetCore" Version="{packed.Version}" />
                <PackageReference Include="{Prefix}.Sqlite" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        await RunAsync("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-nologo", "-warnaserror", .. RestoreInto(files.PathOf("packages"))]);
        Assert.True(Directory.Exists(files.PathOf($"packages/{Prefix.ToLowerInvariant()}")), "The packages tried are not those just made.");

        await using var registry = await SampleProcess.RegistryAsync("landscape.jpg");
        await using var app = await SampleProcess.StartAsync(files.PathOf("app/bin/Release/net10.0/app.dll"), registry);
        Assert.Equal(HttpStatusCode.OK, await app.UploadAsync("fractal.jpg"));
        foreach (var refused in (string[])["landscape.jpg", "landscape-q40.jpg", "bad/truncated.jpg"])
            Assert.Equal((refused, HttpStatusCode.UnprocessableEntity), (refused, await app.UploadAsync(refused)));
    }

    /// <summary>
    /// Restores into a folder of its own: the same version, kept from an earlier run, would hide what is packed now. What others made is taken
    /// from where the machine keeps it; what becomes known of it later is not what this test is about.
    /// </summary>
    private static string[] RestoreInto(string folder)
    {
        var kept = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string[] properties = [$"-p:RestorePackagesPath={folder}", "-p:NuGetAudit=false"];
        return Directory.Exists(kept) ? [.. properties, $"-p:RestoreFallbackFolders={kept}"] : properties;
    }

    [GeneratedRegex("```csharp[^\n]*\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FirstBlock();
}
