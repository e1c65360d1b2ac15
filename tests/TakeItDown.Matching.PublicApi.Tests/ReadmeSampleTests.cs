using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>What the README shows is what works.</summary>
public class ReadmeSampleTests
{
    [Fact]
    public async Task The_sample_registers_all_that_a_platform_needs()
    {
        var folder = Directory.CreateTempSubdirectory("takeitdown-readme-").FullName;
        await using var app = ReadmeSample.Create(["--contentRoot", folder, "--TakeItDown:Root=https://registry.example/", "--TakeItDown:UserName=platform", "--TakeItDown:Password=secret", "--TakeItDown:Members:0=1"]);
        Assert.NotNull(app.Services.GetRequiredService<IContentScanner>());
        Assert.Equal("platform", app.Services.GetRequiredService<IOptionsMonitor<NcmecRegistryOptions>>().Get("take-it-down").UserName);
        Assert.Equal("take-it-down", Assert.Single(app.Services.GetRequiredService<IListManager>().Lists).Name);
        Directory.Delete(folder, recursive: true);
    }
}
