namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Which verdict, and what it rests on.</summary>
public class VerdictTests
{
    private static readonly byte[] Landscape = Fixtures.Read("landscape.jpg");
    private static readonly ScanOptions EveryMatch = new() { StopAtFirstMatch = false };

    [Fact]
    public async Task Another_picture_is_no_match()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("fractal.jpg"));
        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None, HashKinds.Pdq), (result.Verdict, result.Reason, result.Checked));
    }

    [Fact]
    public async Task A_match_says_what_was_matched_and_how()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        var match = Assert.Single((await host.ScanAsync(Fixtures.Read("landscape-q40.jpg"))).Matches);
        Assert.Equal(("test", "e0", "7", "A1", HashKind.Pdq), (match.List, match.Entry, match.Member, match.Classification, match.Kind));
        Assert.InRange(match.Distance, 1, 31);
        Assert.InRange(match.Quality!.Value, 50, 100);
    }

    [Fact]
    public async Task The_first_match_ends_the_scan_unless_every_match_is_asked_for()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Md5, Landscape), Fixtures.Pdq("landscape.jpg"));
        var first = await host.ScanAsync(Landscape);
        Assert.Equal(HashKind.Md5, Assert.Single(first.Matches).Kind);
        Assert.False(first.Checked.Contains(HashKind.Pdq));
        var every = await host.ScanAsync(Landscape, EveryMatch);
        Assert.Equal(["e0", "e1"], every.Matches.Select(match => match.Entry));
    }

    [Fact]
    public async Task Matches_of_several_lists_are_told_apart_and_the_closest_comes_first()
    {
        var lists = new[] { new FixedList("far", Fixtures.Pdq("landscape-q40.jpg")), new FixedList("near", Fixtures.Pdq("landscape.jpg")), new FixedList("other", Fixtures.Far) };
        await using var host = await ScanHost.StartAsync(null, null, lists);
        var result = await host.ScanAsync(Landscape, EveryMatch);
        Assert.Equal(["near", "far"], result.Matches.Select(match => match.List));
    }

    [Fact]
    public async Task Only_digests_that_a_list_holds_are_computed()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Digest(HashKind.Sha1, [1]), Fixtures.Far);
        Assert.Equal(HashKinds.Sha1 | HashKinds.Pdq, (await host.ScanAsync(Landscape)).Checked);
    }

    [Fact]
    public async Task Without_a_list_nothing_can_be_said()
    {
        await using var host = await ScanHost.StartAsync(null, null);
        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.ListUnavailable, ScanReason.NeverSynced), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task One_list_that_was_never_read_spoils_a_no_match_but_not_a_match()
    {
        var never = new FixedList("never", Fixtures.Far) { CompleteThrough = null };
        await using var host = await ScanHost.StartAsync(null, null, never, new FixedList("whole", Fixtures.Pdq("landscape.jpg")));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
        var result = await host.ScanAsync(Fixtures.Read("fractal.jpg"));
        Assert.Equal((Verdict.ListUnavailable, ScanReason.NeverSynced), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task A_stale_list_spoils_a_no_match_but_not_a_match()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Pdq("landscape.jpg"));
        host.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Fixtures.Read("fractal.jpg"))).Verdict);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
        var result = await host.ScanAsync(Fixtures.Read("fractal.jpg"));
        Assert.Equal((Verdict.ListUnavailable, ScanReason.Stale), (result.Verdict, result.Reason));
    }

    [Fact]
    public async Task An_empty_upload_is_an_answer()
    {
        await using var host = await ScanHost.WithAsync(Fixtures.Far);
        var result = await host.ScanAsync([]);
        Assert.Equal((Verdict.NotScannable, ScanReason.Empty, 0L), (result.Verdict, result.Reason, result.Length));
    }

    [Fact]
    public async Task An_empty_list_is_a_list()
    {
        await using var host = await ScanHost.WithAsync();
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Fact]
    public async Task The_threshold_and_the_quality_are_options()
    {
        var distance = Fixtures.Reference("landscape.jpg").Hash.DistanceTo(Fixtures.Reference("landscape-crop3.jpg").Hash);
        Assert.InRange(distance, 1, 31);
        await using var narrow = await ScanHost.WithAsync(options => options.PdqDistance = 0, Fixtures.Pdq("landscape-crop3.jpg"));
        Assert.Equal(Verdict.NoMatch, (await narrow.ScanAsync(Landscape)).Verdict);
        await using var plain = await ScanHost.WithAsync(options => options.MinimumQuality = 0, Fixtures.Far);
        Assert.Equal(Verdict.NoMatch, (await plain.ScanAsync(Fixtures.Read("gradient.jpg"))).Verdict);
    }

    [Fact]
    public async Task Pixels_that_are_handed_in_are_held_to_the_limit_of_pixels()
    {
        var pixels = new byte[800 * 600];
        new Random(1).NextBytes(pixels);
        await using var host = await ScanHost.WithAsync(options => options.Decoding.MaximumPixels = 800 * 600, PdqHasher.Hash(new PixelBuffer(pixels, 800, 600, PixelFormat.Grey8)).Hash.ToValue());
        Assert.Equal(Verdict.Match, host.Scanner.Scan(new PixelBuffer(pixels, 800, 600, PixelFormat.Grey8)).Verdict);
        var result = host.Scanner.Scan(new PixelBuffer(new byte[801 * 600], 801, 600, PixelFormat.Grey8));
        Assert.Equal((Verdict.NotScannable, ScanReason.TooManyPixels, MediaKind.Image), (result.Verdict, result.Reason, result.Media));
        Assert.Equal(HashKinds.None, result.Checked);
    }
}
