using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Content;

/// <summary>Hashes come from a ledger, from another machine, from another version. What is not in them is no reason to say "no match".</summary>
public sealed class StrangeHashesTests : IAsyncLifetime
{
    private readonly ListsHost _host = new(["npo"]);
    private ContentHashes _listed = null!, _other = null!;

    public async ValueTask InitializeAsync()
    {
        _listed = await _host.HashAsync(ListsHost.Picture("landscape.jpg"));
        _other = await _host.HashAsync(ListsHost.Picture("shapes.jpg"));
        await _host.SyncAsync("npo", await _host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        Assert.Equal((Verdict.Match, Verdict.NoMatch), (Judge(_listed).Verdict, Judge(_other).Verdict));
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Of_nothing()
    {
        foreach (var media in Enum.GetValues<MediaKind>())
        {
            Assert.Equal(Verdict.NotScannable, Judge(With(_other, media: media, looks: [])).Verdict);
            Assert.Equal(Verdict.NotScannable, Judge(With(_other, media: media, looks: [], digests: [])).Verdict);
        }
    }

    [Theory]
    [InlineData(ContentStage.Bytes)]
    [InlineData(ContentStage.Picture)]
    [InlineData(ContentStage.Pages)]
    [InlineData(ContentStage.Frames)]
    [InlineData((ContentStage)4)]
    [InlineData((ContentStage)(-1))]
    public void With_a_gap_anywhere(ContentStage stage)
    {
        foreach (var media in Enum.GetValues<MediaKind>())
        {
            var gap = new ContentGap { Reason = ScanReason.Damaged, Stage = stage, Way = MatchWays.Whole };
            Assert.Equal(Verdict.NotScannable, Judge(With(_other, media: media, gaps: [gap])).Verdict);
        }
    }

    [Fact]
    public void With_looks_where_none_belong()
    {
        var look = _listed.Looks[0];
        foreach (var media in Enum.GetValues<MediaKind>())
        {
            Assert.Equal(Verdict.Match, Judge(With(_other, media: media, looks: [look, _other.Looks[0] with { Time = TimeSpan.Zero, Part = 1 }])).Verdict);
            Assert.Equal(Verdict.Match, Judge(With(_other, media: media, looks: [_other.Looks[0], look with { Part = 7 }])).Verdict);
            Assert.Equal(Verdict.Match, Judge(With(_other, media: media, looks: [_other.Looks[0], look with { Time = TimeSpan.FromSeconds(9), Part = -1 }])).Verdict);
        }
    }

    [Fact]
    public void Without_the_first_picture()
    {
        Assert.Equal(Verdict.NotScannable, Judge(With(_other, looks: [_other.Looks[0] with { Part = 1 }])).Verdict);
        Assert.Equal(Verdict.NotScannable, Judge(With(_other, looks: [_other.Looks[0] with { Time = TimeSpan.Zero }])).Verdict);
    }

    [Fact]
    public void Without_a_kind_of_digest_that_the_list_has()
    {
        for (var kind = HashKind.Md5; kind <= HashKind.Sha256; kind++)
        {
            var result = Judge(With(_other, digests: [.. _other.Digests.Where(digest => digest.Kind != kind)]));
            Assert.Equal((Verdict.NotScannable, ScanReason.NotLookedAt), (result.Verdict, result.Reason));
        }
    }

    [Fact]
    public void With_less_than_the_options_ask_for()
    {
        HashSettings settings = _other.Settings;
        foreach (var less in (HashSettings[])
        [
            settings with { Ways = MatchWays.Whole }, settings with { Ways = MatchWays.None }, settings with { MinimumQuality = 90 },
            settings with { FrameInterval = TimeSpan.FromSeconds(2) }, settings with { KeyframesOnly = true },
        ])
        {
            var video = Judge(With(_other, media: MediaKind.Video, looks: [_other.Looks[0] with { Time = TimeSpan.Zero }], settings: less));
            Assert.Equal((Verdict.NotScannable, ScanReason.NotLookedAt), (video.Verdict, video.Reason));
        }
        Assert.Equal(Verdict.NoMatch, Judge(With(_other, settings: settings with { Ways = (MatchWays)int.MaxValue, MinimumQuality = 0, FrameInterval = TimeSpan.Zero })).Verdict);
    }

    [Fact]
    public async Task With_fewer_orientations_than_are_asked_for()
    {
        using var host = new ListsHost(["npo"], configure: null, ("Matching:AllOrientations", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        var mirrored = ListsHost.Picture("landscape-mirrored.jpg");
        Assert.Equal(Verdict.Match, (await host.ScanAsync(mirrored)).Verdict);
        Assert.Equal(ScanReason.NotLookedAt, host.Get<IContentScanner>().Scan(await _host.HashAsync(mirrored)).Reason);
        Assert.Equal(Verdict.NoMatch, Judge(await host.HashAsync(mirrored)).Verdict);
    }

    [Fact]
    public void That_are_none()
    {
        var scanner = _host.Get<IContentScanner>();
        Assert.Throws<ArgumentException>(() => scanner.Scan(With(_other, digests: [_listed.Pdq!.Value.Hash.ToValue()])));
        Assert.Throws<ArgumentException>(() => scanner.Scan(With(_other, digests: [default])));
        Assert.Throws<ArgumentException>(() => scanner.Scan(new ContentHashes { Media = MediaKind.Image, Length = 1, Digests = null!, Settings = _other.Settings }));
        Assert.Throws<ArgumentException>(() => scanner.Scan(new ContentHashes { Media = MediaKind.Image, Length = 1, Digests = [], Settings = null! }));
        Assert.Throws<ArgumentException>(() => scanner.Scan(new ContentHashes { Media = MediaKind.Image, Length = 1, Digests = [], Settings = _other.Settings, Looks = null! }));
        Assert.Throws<ArgumentException>(() => scanner.Scan(new ContentHashes { Media = MediaKind.Image, Length = 1, Digests = [], Settings = _other.Settings, Gaps = null! }));
    }

    [Fact]
    public void Many_looks_at_one_part_are_all_looked_up()
    {
        var looks = Enumerable.Repeat(_other.Looks[0], 500).Append(_listed.Looks[0]).ToArray();
        Assert.Equal(Verdict.Match, Judge(With(_other, looks: looks)).Verdict);
    }

    [Fact]
    public async Task Of_a_batch_do_not_count_as_uploads()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:FloodLimit", "3"), ("npo:QuarantineFloods", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("landscape.jpg")));
        for (var i = 0; i < 10; i++) Assert.Equal(Verdict.Match, host.Get<IContentScanner>().Scan(_listed, new ScanOptions { WaitForTurn = true }).Verdict);
        for (var i = 0; i < 3; i++) Assert.Equal(Verdict.Match, (await host.ScanAsync(ListsHost.Picture("landscape.jpg"))).Verdict);
        Assert.Equal(ScanReason.Quarantined, (await host.ScanAsync(ListsHost.Picture("landscape.jpg"))).Reason);
    }

    private static ContentHashes With(
        ContentHashes hashes, MediaKind? media = null, HashValue[]? digests = null, PictureLook[]? looks = null, ContentGap[]? gaps = null, HashSettings? settings = null) =>
        new()
        {
            Media = media ?? hashes.Media,
            Length = hashes.Length,
            Settings = settings ?? hashes.Settings,
            Digests = digests ?? hashes.Digests,
            Looks = looks ?? hashes.Looks,
            Gaps = gaps ?? hashes.Gaps,
        };

    private ScanResult Judge(ContentHashes hashes) => _host.Get<IContentScanner>().Scan(hashes);
}
