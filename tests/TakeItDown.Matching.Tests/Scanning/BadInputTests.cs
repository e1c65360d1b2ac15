namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What cannot be judged is said to be so, with the reason, and an exact copy of it is found all the same.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("bomb-1x500000000.png", ScanReason.TooManyPixels)]
    [InlineData("bomb-30000x30000.png", ScanReason.TooManyPixels)]
    [InlineData("concat.mp4", ScanReason.UnknownFormat)]
    [InlineData("corrupt.jpg", ScanReason.Damaged)]
    [InlineData("empty.jpg", ScanReason.Empty)]
    [InlineData("playlist.mp4", ScanReason.UnknownFormat)]
    [InlineData("svg.png", ScanReason.UnknownFormat)]
    [InlineData("text.jpg", ScanReason.UnknownFormat)]
    [InlineData("three-bytes.jpg", ScanReason.Damaged)]
    [InlineData("truncated.jpg", ScanReason.Truncated)]
    public async Task A_bad_file_is_not_scannable_for_the_right_reason(string name, ScanReason reason)
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var result = await host.ScanAsync(Fixtures.Read("bad/" + name));
        Assert.Equal((Verdict.NotScannable, reason), (result.Verdict, result.Reason));
        Assert.NotEmpty(result.Reason.Explain());
    }

    [Fact]
    public void Every_bad_file_is_tested()
    {
        var cases = typeof(BadInputTests).GetMethod(nameof(A_bad_file_is_not_scannable_for_the_right_reason))!.GetCustomAttributes(typeof(InlineDataAttribute), false);
        Assert.Equal(Directory.GetFiles(TestData.Fixture("images/bad")).Length, cases.Length);
    }

    [Theory]
    [InlineData(HashKind.Md5)]
    [InlineData(HashKind.Sha1)]
    [InlineData(HashKind.Sha256)]
    public async Task An_exact_copy_of_a_bad_file_is_found(HashKind kind)
    {
        var files = Directory.GetFiles(TestData.Fixture("images/bad")).Select(File.ReadAllBytes).Where(file => file.Length > 0).ToArray();
        await using var host = await ScanHost.WithAsync([.. files.Select(file => Fixtures.Digest(kind, file))]);
        foreach (var file in files)
        {
            var result = await host.ScanAsync(file);
            Assert.Equal(Verdict.Match, result.Verdict);
            Assert.All(result.Matches, match => Assert.Equal((kind, 0, null), (match.Kind, match.Distance, match.Orientation)));
        }
    }

    [Fact]
    public async Task The_digest_of_nothing_is_on_no_list()
    {
        // Every empty upload would match an entry that somebody made of an empty file.
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Md5, []));
        Assert.Equal(ScanReason.Empty, (await host.ScanAsync([])).Reason);
    }

    [Fact]
    public async Task A_damaged_picture_that_still_matches_is_a_match()
    {
        // The end of the file is missing.
        var whole = Fixtures.Read("landscape.jpg");
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        var result = await host.ScanAsync(whole[..(whole.Length * 97 / 100)]);
        Assert.Equal((Verdict.Match, ScanReason.None), (result.Verdict, result.Reason));
        Assert.True(Assert.Single(result.Matches).Distance <= 31);
        // But nothing can be said of the rest.
        Assert.False(result.Checked.Contains(HashKind.Pdq));
    }

    [Fact]
    public async Task A_picture_without_features_is_too_plain()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("blank.jpg"), Fixtures.Pdq("gradient.jpg"));
        foreach (var name in new[] { "blank.jpg", "gradient.jpg", "tiny4.png", "one-pixel.png" })
        {
            var result = await host.ScanAsync(Fixtures.Read(name));
            Assert.Equal((Verdict.NotScannable, ScanReason.TooPlain), (result.Verdict, result.Reason));
            Assert.Empty(result.Matches);
        }
    }

    [Fact]
    public async Task Only_the_bytes_say_what_a_file_is()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.png"));
        // A JPEG is a JPEG whatever follows it.
        var picture = Fixtures.Read("landscape.jpg");
        Assert.Equal(Verdict.Match, (await host.ScanAsync([.. picture, .. "<svg/>"u8, .. Fixtures.Read("blank.jpg")])).Verdict);
        var result = await host.ScanAsync([.. " "u8, .. picture]);
        Assert.Equal((Verdict.NotScannable, ScanReason.UnknownFormat, MediaKind.Other), (result.Verdict, result.Reason, result.Media));
    }
}
