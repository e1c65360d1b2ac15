using System.Net;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Newcomer;

/// <summary>The README's first sample, which SnippetTests compares with what is compiled here, lets nothing through that it should not.</summary>
public sealed class ReadmeProgramTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Dll = Path.Combine(TestData.Root, "samples", "Minimal", "bin", Configuration, "net10.0", "TakeItDown.Samples.Minimal.dll");

    [Fact]
    public async Task It_accepts_a_clean_picture_and_refuses_a_listed_and_a_damaged_one()
    {
        await using var registry = await SampleProcess.RegistryAsync("landscape.jpg");
        await using var sample = await SampleProcess.StartAsync(Dll, registry);
        Assert.Equal(HttpStatusCode.OK, await sample.UploadAsync("fractal.jpg"));
        foreach (var refused in (string[])["landscape.jpg", "landscape-q40.jpg", "landscape.webp", "bad/truncated.jpg", "bad/empty.jpg", "blank.jpg"])
            Assert.Equal((refused, HttpStatusCode.UnprocessableEntity), (refused, await sample.UploadAsync(refused)));
    }

    [Fact]
    public async Task Of_a_hundred_listed_pictures_at_once_none_is_accepted()
    {
        await using var registry = await SampleProcess.RegistryAsync("landscape.jpg");
        await using var sample = await SampleProcess.StartAsync(Dll, registry);
        string[] copies = ["landscape-q40.jpg", "landscape-half.jpg", "landscape.png", "landscape.webp", "landscape-crop3.jpg"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => sample.UploadAsync(copies[i % copies.Length])));
        Assert.All(answers, answer => Assert.Contains(answer, (HttpStatusCode[])[HttpStatusCode.UnprocessableEntity, HttpStatusCode.ServiceUnavailable]));
        // And afterwards it works as before.
        Assert.Equal(HttpStatusCode.OK, await sample.UploadAsync("fractal.jpg"));
    }
}
