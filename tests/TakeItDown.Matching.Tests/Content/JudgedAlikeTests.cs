using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Content;

/// <summary>Hashes that were kept are judged exactly as the content that they are of.</summary>
public sealed class JudgedAlikeTests
{
    // What a scan of them takes is bounded elsewhere; here each would be looked at three times.
    private static readonly string[] Slow = ["webp-300full-5600sq.webp", "webp-9999frames-1000sq.webp", "jpg-8500sq-prog-40c3.jpg", "webp-ordinary-60x1000sq.webp"];

    public static TheoryData<string> Files =>
    [
        .. new[] { "images", Path.Combine("images", "bad"), "hostile" }
            .SelectMany(folder => Directory.EnumerateFiles(TestData.Fixture(folder)))
            .Where(path => Path.GetExtension(path) is not (".md" or ".txt") && !Slow.Contains(Path.GetFileName(path)))
            .Select(path => Path.GetRelativePath(TestData.Fixture("."), path)),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Of_every_fixture(string file)
    {
        var content = await File.ReadAllBytesAsync(TestData.Fixture(file), TestContext.Current.CancellationToken);
        await AreAlikeAsync(content, ListsHost.Picture("landscape.jpg"));
    }

    [Theory]
    [InlineData(ListMode.Enforce, MatchWays.None)]
    [InlineData(ListMode.ReportOnly, MatchWays.None)]
    [InlineData(ListMode.Enforce, MatchWays.FurtherPages)]
    [InlineData(ListMode.Enforce, MatchWays.Backgrounds | MatchWays.Turned)]
    public async Task However_the_list_is_used(ListMode mode, MatchWays reportOnly)
    {
        foreach (var file in (string[])["hostile/by-mpo.jpg", "hostile/by-apng.png", "hostile/by-alpha-black.png", "images/animated.gif", "images/gradient.jpg", "images/landscape-exif6.jpg"])
        {
            var content = await File.ReadAllBytesAsync(TestData.Fixture(file), TestContext.Current.CancellationToken);
            await AreAlikeAsync(content, ListsHost.Picture("landscape.jpg"), ("npo:Mode", $"{mode}"), ("Matching:ReportOnly", $"{reportOnly}"));
        }
    }

    [Theory]
    [InlineData("npo:Kinds", "Md5, Sha256")]
    [InlineData("npo:TrafficShare", "0.5")]
    [InlineData("npo:Enabled", "false")]
    [InlineData("Matching:AllOrientations", "true")]
    [InlineData("Matching:MinimumQuality", "100")]
    [InlineData("Matching:Decoding:MaximumPixels", "1000")]
    [InlineData("Matching:MaximumBytes", "1000")]
    [InlineData("Matching:Decoding:MaximumDecodes", "1")]
    public async Task Whatever_the_options_say(string key, string value)
    {
        foreach (var file in (string[])["images/landscape.jpg", "images/landscape-mirrored.jpg", "images/shapes.jpg", "images/animated.gif", "hostile/by-mpo.jpg"])
        {
            var content = await File.ReadAllBytesAsync(TestData.Fixture(file), TestContext.Current.CancellationToken);
            await AreAlikeAsync(content, ListsHost.Picture("landscape.jpg"), (key, value));
        }
    }

    [Fact]
    public async Task Where_the_list_holds_digests_only()
    {
        using var host = new ListsHost(["npo"]);
        foreach (var file in (string[])["hostile/by-mpo.jpg", "images/animated.gif", "images/blank.jpg", "images/landscape.jpg"])
        {
            var content = await File.ReadAllBytesAsync(TestData.Fixture(file), TestContext.Current.CancellationToken);
            await host.SyncAsync("npo", ListsHost.Entry("1", [.. (await host.HashAsync(ListsHost.Picture("landscape.jpg"))).Digests]));
            await AssertAlikeAsync(host, content);
        }
    }

    [Fact]
    public async Task A_page_or_a_frame_that_was_hashed_is_found_without_the_content()
    {
        using var host = new ListsHost(["npo"]);
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        foreach (var file in (string[])["by-mpo.jpg", "by-apng.png", "by-anim-short-long.gif", "by-alpha-black.png"])
        {
            var hashes = await host.HashAsync(await File.ReadAllBytesAsync(TestData.Fixture($"hostile/{file}"), TestContext.Current.CancellationToken));
            Assert.Equal((file, Verdict.Match), (file, host.Get<IContentScanner>().Scan(hashes).Verdict));
        }
    }

    private static async Task AreAlikeAsync(byte[] content, byte[] listed, params (string Key, string Value)[] settings)
    {
        using var host = new ListsHost(["npo"], configure: null, settings);
        using var lister = new ListsHost(["npo"]);
        await host.SyncAsync("npo", await lister.EntryAsync("1", listed), ListsHost.Entry("2", [.. (await lister.HashAsync(content)).Digests.Take(1)]));
        await AssertAlikeAsync(host, content);
        await host.SyncAsync("npo", await lister.EntryAsync("1", ListsHost.Picture("swirl.jpg")));
        await AssertAlikeAsync(host, content);
    }

    private static async Task AssertAlikeAsync(ListsHost host, byte[] content)
    {
        var hashes = await host.HashAsync(content);
        foreach (var all in (bool[])[true, false])
        {
            var (scanned, judged) = (await host.ScanAsync(content, all), host.Get<IContentScanner>().Scan(hashes, new ScanOptions { StopAtFirstMatch = !all }));
            Assert.Equal(Told(scanned), Told(judged));
            Assert.Equal(scanned.ReportOnly is null, judged.ReportOnly is null);
            if (scanned.ReportOnly is { } reported) Assert.Equal(Told(reported), Told(judged.ReportOnly!));
        }
    }

    private static string Told(ScanResult result) =>
        $"{result} {result.Media} {result.Length} {result.Checked} {result.IsStale}: "
        + string.Join("; ", result.Matches.Concat(result.Quarantined).Select(match =>
            $"{match.List} {match.Entry} {match.Kind} {match.Distance} {match.Quality} {match.Orientation} {match.Way} {match.FrameTime} {match.QueryShare} {match.ListedShare}"));
}
