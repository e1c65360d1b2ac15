using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What the browser computes, against the platform's side: digests exactly, PDQ within the distance that decoders differ.</summary>
public sealed class HashingTests(PageFixture fixture) : PageTest(fixture)
{
    private sealed record Reference(string File, int Quality, string Pdq);

    [Fact]
    public Task Browser_hashes_of_our_pictures_are_within_a_few_bits_of_the_reference() =>
        CompareAsync(TestData.Fixture("images"), TestData.Fixture("pdq-reference.tsv"), atLeast: 30);

    [Fact]
    public Task Browser_hashes_of_photographs_are_within_a_few_bits_of_the_reference() =>
        CompareAsync(TestData.Conformance("pdq/images"), TestData.Conformance("pdq/reference.tsv"), atLeast: 25);

    /// <summary>Prints how far the browser is from the reference for each picture that it shows, but for those that only the browser turns.</summary>
    private async Task CompareAsync(string images, string table, int atLeast)
    {
        var references = References(table).Values.Where(reference => !reference.File.Contains("exif", StringComparison.Ordinal)).ToList();
        await BeginAsync();
        await ChooseAsync(references.Select(reference => Path.Combine(images, reference.File)));
        var sent = BySha256(await SubmittedAsync());

        var report = new StringBuilder("picture\tquality (reference)\tquality (browser)\tdistance\n");
        List<int> good = [];
        foreach (var (file, quality, pdq) in references)
        {
            var hash = Pdq(sent[Sha256(Path.Combine(images, file))]);
            int? distance = hash is null ? null : Distance(hash.Value.Value, pdq);
            if (distance is not null && quality >= 80) good.Add(distance.Value);
            report.AppendLine(CultureInfo.InvariantCulture, $"{file}\t{quality}\t{hash?.Quality}\t{distance}");
        }
        report.Append(CultureInfo.InvariantCulture, $"{good.Count} of quality 80 or more: mean distance {good.Average():0.00}, most {good.Max()}");
        Console.WriteLine(report);

        Assert.True(good.Count >= atLeast, "Chromium shows nearly every picture.");
        Assert.InRange(good.Max(), 0, 10);
        Assert.InRange(good.Average(), 0, 2);
    }

    [Fact]
    public async Task A_picture_that_EXIF_turns_is_hashed_as_it_is_shown()
    {
        await BeginAsync();
        await ChooseAsync("images/landscape-exif6.jpg");
        var sent = BySha256(await SubmittedAsync());
        var hash = Pdq(sent[Sha256(TestData.Fixture("images/landscape-exif6.jpg"))])!.Value;
        Assert.InRange(Distance(hash.Value, OurReferences["landscape.jpg"].Pdq), 0, 10);
        Assert.True(Distance(hash.Value, OurReferences["landscape-exif6.jpg"].Pdq) > 31, "As it is stored, it is another picture.");
    }

    [Theory]
    [InlineData("images/landscape.heic")]
    [InlineData("images/landscape.tiff")]
    public async Task A_picture_that_only_the_page_can_decode_gets_the_hash_of_the_same_picture_elsewhere(string file)
    {
        await BeginAsync();
        await ChooseAsync(file);
        var sent = BySha256(await SubmittedAsync());
        var hash = Pdq(sent[Sha256(TestData.Fixture(file))])!.Value;
        var distance = Distance(hash.Value, OurReferences["landscape.jpg"].Pdq);
        Console.WriteLine($"{file}: {distance} bits from the JPEG of the same picture, quality {hash.Quality}");
        Assert.InRange(distance, 0, 10);
        Assert.Empty(Complaints);
    }

    [Theory]
    [InlineData("images/blank.jpg", "too little to see in it")]
    [InlineData("images/tiny4.png", "too little to see in it")]
    [InlineData("images/bad/truncated.jpg", "seems to be damaged")]
    [InlineData("images/bad/bomb-30000x30000.png", "too large for this device")]
    [InlineData("images/bad/bomb-1x500000000.png", "too large for this device")]
    public async Task A_file_without_a_usable_picture_still_gets_its_digests(string file, string explanation)
    {
        await BeginAsync();
        await ChooseAsync(file);
        await Expect(Rows.First).ToContainTextAsync("Only partly protected");
        await Expect(Rows.First).ToContainTextAsync(explanation);
        var sent = BySha256(await SubmittedAsync());
        var hashes = Assert.Single(sent).Value;
        Assert.Equal(["md5", "sha1", "sha256"], hashes.Select(hash => hash.GetProperty("kind").GetString()));
        var bytes = await System.IO.File.ReadAllBytesAsync(TestData.Fixture(file));
#pragma warning disable CA5350, CA5351 // the list's own kinds of digest
        byte[][] digests = [MD5.HashData(bytes), SHA1.HashData(bytes), SHA256.HashData(bytes)];
#pragma warning restore CA5350, CA5351
        Assert.Equal(digests.Select(Convert.ToHexStringLower), hashes.Select(hash => hash.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_photo_of_many_megapixels_is_hashed_and_one_too_large_for_a_phone_is_not()
    {
        using var files = new MadeFiles();
        var large = await files.MakeAsync("large.jpg", "-f", "lavfi", "-i", "testsrc2=size=8000x6000", "-frames:v", "1");
        var small = await files.MakeAsync("small.png", "-i", large, "-vf", "scale=400:300:flags=neighbor");
        var tooLarge = await files.MakeAsync("too-large.png", "-f", "lavfi", "-i", "color=gray:size=9000x8000", "-frames:v", "1");
        await BeginAsync();
        await ChooseAsync(large, small, tooLarge);
        await Expect(Row("too-large.png")).ToContainTextAsync("too large for this device");
        var sent = BySha256(await SubmittedAsync());
        Assert.InRange(Distance(Pdq(sent[Sha256(large)])!.Value.Value, Pdq(sent[Sha256(small)])!.Value.Value), 0, 31);
        Assert.Null(Pdq(sent[Sha256(tooLarge)]));
    }

    [Theory]
    [InlineData("video.mp4")]
    [InlineData("recorded.webm", "-live", "1")] // as browsers record: the file does not say how long it is
    public async Task A_video_is_hashed_once_a_second(string name, params string[] options)
    {
        using var files = new MadeFiles();
        const string Fractal = "mandelbrot=size=320x240:rate=10:end_scale=0.02";
        var video = await files.MakeAsync(name, ["-f", "lavfi", "-i", Fractal, "-t", "2.9", "-pix_fmt", "yuv420p", .. options]);
        List<string> seconds = [];
        foreach (var second in (string[])["0", "1", "2"])
        {
            seconds.Add(await files.MakeAsync($"{second}.png", "-ss", second, "-i", video, "-frames:v", "1"));
        }
        await BeginAsync();
        await ChooseAsync([video, .. seconds]);
        await Expect(Row(name)).ToContainTextAsync("3 scenes");
        var sent = BySha256(await SubmittedAsync());
        var frames = sent[Sha256(video)]
            .Where(hash => hash.GetProperty("kind").GetString() == "pdq")
            .Select(hash => hash.GetProperty("value").GetString()!);
        var pictures = seconds.Select(second => Pdq(sent[Sha256(second)])!.Value.Value);
        Assert.All(frames.Zip(pictures), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 10));
        Assert.Empty(Complaints);
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path)));

    private static Dictionary<string, JsonElement[]> BySha256(JsonElement submission) =>
        submission.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("hashes").EnumerateArray().ToArray())
            .ToDictionary(hashes => hashes.Single(hash => hash.GetProperty("kind").GetString() == "sha256").GetProperty("value").GetString()!);

    private static (string Value, int Quality)? Pdq(JsonElement[] hashes) =>
        hashes.Where(hash => hash.GetProperty("kind").GetString() == "pdq")
            .Select(hash => ((string, int)?)(hash.GetProperty("value").GetString()!, hash.GetProperty("quality").GetInt32()))
            .SingleOrDefault();

    private static int Distance(string a, string b) =>
        Convert.FromHexString(a).Zip(Convert.FromHexString(b), (x, y) => BitOperations.PopCount((uint)(x ^ y))).Sum();

    private static Dictionary<string, Reference> OurReferences => References(TestData.Fixture("pdq-reference.tsv"));

    private static Dictionary<string, Reference> References(string table) =>
        System.IO.File.ReadLines(table).Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new Reference(cells[0], int.Parse(cells[3], CultureInfo.InvariantCulture), cells[4]))
            .ToDictionary(reference => reference.File);
}
