using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;
using static System.Net.HttpStatusCode;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>The project's main job: a person's hash reaches a platform, uploads of the picture are refused, and are not any more after withdrawal.</summary>
public sealed class StoryTests
{
    /// <summary>The picture as it comes around: recompressed, resized, progressive, grey, brighter, cropped a little, turned by EXIF, in every format.</summary>
    private static readonly string[] Guises =
    [
        "landscape.jpg", "landscape-q40.jpg", "landscape-half.jpg", "landscape-thumb.jpg", "landscape-progressive.jpg", "landscape-gray.jpg",
        "landscape-bright.jpg", "landscape-crop3.jpg", "landscape-cmyk.jpg", "landscape-exif6.jpg", "tiny.jpg",
        "landscape.png", "landscape-16bit.png", "landscape-alpha.png", "landscape-palette.png",
        "landscape.webp", "landscape-lossless.webp", "landscape.gif", "animated.gif", "landscape.bmp", "landscape.tiff", "landscape.avif", "landscape.heic",
    ];

    private static readonly string[] Turned = ["landscape-mirrored.jpg", "landscape-rotated90.jpg"];

    private static readonly string[] Others = ["shapes.jpg", "shapes-half.jpg", "fractal.jpg", "swirl.jpg", "blank.jpg", "one-pixel.png", "landscape-crop25.jpg"];

    [Fact]
    public async Task A_listed_picture_is_refused_in_every_guise_until_it_is_withdrawn()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        Assert.Null((await platform.RefreshAsync()).Error);
        var (status, answer) = await platform.UploadAsync("landscape.jpg");
        Assert.Equal(Created, status);
        Assert.Equal(await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.jpg")), await platform.PhotoAsync(answer));

        var receipt = await Person.SubmitAsync(registry, "landscape.jpg");
        clock.Settle();
        Assert.Equal((1, 0), Changes(await platform.RefreshAsync()));

        var kept = platform.Photos;
        Assert.All(await UploadAsync(platform, Guises), upload => Assert.Equal((upload.File, UnprocessableEntity), upload));
        Assert.Equal(kept, platform.Photos);
        Assert.All(await UploadAsync(platform, [.. Turned, .. Others]), upload => Assert.Equal((upload.File, Created), upload));
        Assert.Equal(("Healthy", "Every list is complete and fresh."), await platform.HealthAsync());

        await Person.WithdrawAsync(registry, receipt);
        clock.Settle();
        Assert.Equal((0, 1), Changes(await platform.RefreshAsync()));
        // It also shows that every refusal above was a match, and no failure to decode.
        Assert.All(await UploadAsync(platform, Guises), upload => Assert.Equal((upload.File, Created), upload));
    }

    [Fact]
    public async Task A_platform_that_asks_for_it_finds_mirrored_and_turned_pictures_too()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock, "--TakeItDown:Matching:AllOrientations", "true");
        await Person.SubmitAsync(registry, "landscape.jpg");
        clock.Settle();
        await platform.RefreshAsync();
        Assert.All(await UploadAsync(platform, Turned), upload => Assert.Equal((upload.File, UnprocessableEntity), upload));
        Assert.All(await UploadAsync(platform, Others), upload => Assert.Equal((upload.File, Created), upload));
    }

    [Fact]
    public async Task Two_cases_of_one_picture_are_listed_until_both_are_withdrawn()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        var one = await Person.SubmitAsync(registry, "landscape.jpg");
        var other = await Person.SubmitAsync(registry, "landscape-half.jpg");
        foreach (var (receipt, expected) in new[] { (one, UnprocessableEntity), (other, Created) })
        {
            await Person.WithdrawAsync(registry, receipt);
            clock.Settle();
            await platform.RefreshAsync();
            Assert.Equal(expected, await platform.StatusOfAsync("landscape-q40.jpg"));
        }
    }

    [Fact]
    public async Task The_uploader_cannot_tell_a_match_from_a_file_that_cannot_be_read()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await Person.SubmitAsync(registry, "landscape.jpg");
        clock.Settle();
        await platform.RefreshAsync();
        var match = await platform.UploadAsync("landscape.jpg");
        Assert.Equal(UnprocessableEntity, match.Status);
        foreach (var bad in Directory.GetFiles(TestData.Fixture("images/bad")))
        {
            var (status, body) = await platform.UploadAsync($"bad/{Path.GetFileName(bad)}");
            Assert.Equal(WithoutTrace(match.Body), WithoutTrace(body));
            Assert.Equal(UnprocessableEntity, status);
        }
        Assert.Equal(0, platform.Photos);
        Assert.Empty(Directory.GetFiles(platform.Folder, "*.tmp"));

        static string WithoutTrace(string problem) => System.Text.RegularExpressions.Regex.Replace(problem, "\"traceId\":\"[^\"]*\"", "", default, TimeSpan.FromSeconds(1));
    }

    private static (long, long) Changes(RefreshResult result) => (result.Upserts, result.Removals);

    private static async Task<List<(string File, System.Net.HttpStatusCode Status)>> UploadAsync(PlatformHost platform, IEnumerable<string> files)
    {
        var uploads = new List<(string, System.Net.HttpStatusCode)>();
        foreach (var file in files) uploads.Add((file, await platform.StatusOfAsync(file)));
        return uploads;
    }
}
