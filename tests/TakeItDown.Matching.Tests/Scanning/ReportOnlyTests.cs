using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Floods;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Scanning;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A list or a way that is only reported decides nothing, and says what it would have decided.</summary>
public class ReportOnlyTests
{
    private static readonly byte[] Landscape = ListsHost.Picture("landscape.jpg");
    private static readonly byte[] Other = ListsHost.Picture("fractal.jpg");
    private static readonly byte[] Plain = ListsHost.Picture("blank.jpg");

    [Fact]
    public async Task What_a_list_finds_is_reported_and_not_enforced()
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("new:Mode", "reportonly"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Other));
        await host.SyncAsync("new", await host.EntryAsync("2", Landscape));

        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(result));
        Assert.Empty(result.Matches);
        Assert.Equal((Verdict.Match, ScanReason.None), Answer(result.ReportOnly!));
        Assert.All(result.ReportOnly!.Matches, match => Assert.Equal(("new", "2"), (match.List, match.Entry)));
        Assert.Null(result.ReportOnly.ReportOnly);

        // What both would answer is not said twice.
        Assert.Null((await host.ScanAsync(ListsHost.Picture("swirl.jpg"))).ReportOnly);
        Assert.Null((await host.ScanAsync(Other)).ReportOnly);

        host.Set("new:Mode", "Enforce");
        var enforced = await host.ScanAsync(Landscape);
        Assert.Equal(Verdict.Match, enforced.Verdict);
        Assert.Null(enforced.ReportOnly);
    }

    [Fact]
    public async Task A_reported_match_ends_no_scan_and_an_enforced_one_does()
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("new:Mode", "ReportOnly"));
        await host.SyncAsync("new", ListsHost.Entry("2", Fixtures.Digest(HashKind.Md5, Landscape)));
        await host.SyncAsync("npo", ListsHost.Entry("1", Fixtures.Pdq("landscape.jpg")));

        // The digest is on the list that is only reported; the picture is looked at all the same, and is on the other.
        var result = await host.ScanAsync(Landscape);
        Assert.Equal(("npo", HashKind.Pdq), (Assert.Single(result.Matches).List, result.Matches[0].Kind));
        Assert.Equal(["new", "npo"], result.ReportOnly!.Matches.Select(match => match.List).Order());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_list_that_cannot_be_asked_holds_up_no_answer(string acceptStale)
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("new:Mode", "ReportOnly"), ("new:AcceptStale", acceptStale));
        await host.SyncAsync("npo", await host.EntryAsync("1", Other));

        var never = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(never));
        Assert.Equal((Verdict.ListUnavailable, ScanReason.NeverSynced), Answer(never.ReportOnly!));

        await host.SyncAsync("new", await host.EntryAsync("2", Plain));
        host.Time.Advance(TimeSpan.FromHours(25));
        await host.SyncAsync("npo");
        var stale = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None, false), (stale.Verdict, stale.Reason, stale.IsStale));
        if (acceptStale == "true") Assert.Null(stale.ReportOnly);
        else Assert.Equal((Verdict.ListUnavailable, ScanReason.Stale, true), (stale.ReportOnly!.Verdict, stale.ReportOnly.Reason, stale.ReportOnly.IsStale));
    }

    [Fact]
    public async Task What_goes_wrong_where_only_reported_lists_look_is_not_enforced()
    {
        // Of the enforced list nobody would have decoded the picture.
        using var host = new ListsHost(["npo", "new"], configure: null, ("npo:Kinds", "Digests"), ("new:Mode", "ReportOnly"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Other));
        await host.SyncAsync("new", await host.EntryAsync("2", Landscape));

        foreach (var (content, reason) in new[] { (Plain, ScanReason.TooPlain), (ListsHost.Picture("bad/truncated.jpg"), ScanReason.Truncated), ([1, 2, 3], ScanReason.UnknownFormat) })
        {
            var result = await host.ScanAsync(content);
            Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(result));
            Assert.Equal((Verdict.NotScannable, reason), Answer(result.ReportOnly!));
        }
        var empty = await host.ScanAsync([]);
        Assert.Equal((Verdict.NotScannable, ScanReason.Empty), Answer(empty));
        Assert.Null(empty.ReportOnly);
        Assert.Equal((HashKinds.Digests, HashKinds.All), await CheckedAsync(host));
    }

    [Fact]
    public async Task Where_every_list_is_only_reported_nothing_decides()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:Mode", "ReportOnly"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));

        var match = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.NoListInUse), Answer(match));
        Assert.Equal(Verdict.Match, match.ReportOnly!.Verdict);
        var other = await host.ScanAsync(Other);
        Assert.Equal((Verdict.NoMatch, ScanReason.NoListInUse), Answer(other));
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(other.ReportOnly!));
    }

    [Fact]
    public async Task A_way_is_reported_while_the_others_are_enforced()
    {
        using var host = new ListsHost(["npo"], Configure(options => (options.AllOrientations, options.ReportOnly, options.PdqDistance) = (true, MatchWays.Turned, 31)));
        var turned = Fixtures.Reference("landscape.jpg").Dihedral[1].ToValue();
        await host.SyncAsync("npo", ListsHost.Entry("turned", turned), ListsHost.Entry("upright", Fixtures.Pdq("fractal.jpg")));

        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(result));
        var match = Assert.Single(result.ReportOnly!.Matches);
        Assert.Equal(("turned", MatchWays.Turned), (match.Entry, match.Way));

        var upright = await host.ScanAsync(Other);
        Assert.Equal((Verdict.Match, null), (upright.Verdict, upright.ReportOnly));
    }

    [Fact]
    public async Task The_closer_match_of_a_reported_way_hides_no_enforced_one()
    {
        using var host = new ListsHost(["npo"], Configure(options => (options.AllOrientations, options.ReportOnly, options.PdqDistance) = (true, MatchWays.Turned, 31)));
        // One entry, found upright 28 bits off, and turned at less.
        var upright = Fixtures.Pdq("landscape.jpg").Bytes.ToArray();
        for (var bit = 0; bit < 28; bit++) upright[bit] ^= 1;
        await host.SyncAsync("npo", ListsHost.Entry("1", HashValue.FromBytes(HashKind.Pdq, upright), Fixtures.Reference("landscape.jpg").Dihedral[1].ToValue()));

        var result = await host.ScanAsync(Landscape, all: true);
        Assert.Equal(MatchWays.Whole, Assert.Single(result.Matches).Way);
        Assert.Equal(MatchWays.Turned, Assert.Single(result.ReportOnly!.Matches).Way);
    }

    [Fact]
    public void What_goes_wrong_in_a_reported_way_is_reported()
    {
        using var host = new ListsHost(["npo"]);
        var session = Session(host, MatchWays.FurtherPages);
        session.Miss(new ContentGap { Reason = ScanReason.Damaged, Stage = ContentStage.Pages, Way = MatchWays.FurtherPages });
        session.Miss(new ContentGap { Reason = ScanReason.TimedOut, Stage = ContentStage.Pages, Way = MatchWays.FurtherPages });
        var result = session.Decide();
        Assert.Equal((Verdict.NoMatch, ScanReason.None), Answer(result));
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), Answer(result.ReportOnly!));

        session = Session(host, MatchWays.Turned);
        session.Miss(new ContentGap { Reason = ScanReason.Damaged, Stage = ContentStage.Pages, Way = MatchWays.FurtherPages });
        Assert.Equal((Verdict.NotScannable, ScanReason.Damaged), Answer(session.Decide()));
    }

    [Fact]
    public async Task A_reported_list_counts_floods_and_a_reported_way_brings_about_no_quarantine()
    {
        using var host = new ListsHost(
            ["npo", "new"], Configure(options => (options.AllOrientations, options.ReportOnly, options.PdqDistance) = (true, MatchWays.Turned, 31)),
            ("npo:FloodLimit", "2"), ("npo:QuarantineFloods", "true"), ("new:FloodLimit", "2"), ("new:Mode", "ReportOnly"));
        await host.SyncAsync("npo", ListsHost.Entry("1", Fixtures.Digest(HashKind.Md5, Landscape), Fixtures.Reference("fractal.jpg").Dihedral[1].ToValue()));
        await host.SyncAsync("new", ListsHost.Entry("2", Fixtures.Pdq("fractal.jpg")));

        for (var i = 0; i < 4; i++) Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Other)).Verdict);

        Assert.Equal([0, 1], host.Lists.OrderByDescending(list => list.Name).Select(list => list.Floods.Count));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Theory]
    [InlineData("FurtherPages, Turned", MatchWays.FurtherPages | MatchWays.Turned)]
    [InlineData("turned,furtherpages", MatchWays.FurtherPages | MatchWays.Turned)]
    [InlineData("BACKGROUNDS", MatchWays.Backgrounds)]
    [InlineData("None", MatchWays.None)]
    public void Ways_are_read_from_configuration(string text, MatchWays ways)
    {
        using var host = new ListsHost(["npo"], settings: ("Matching:ReportOnly", text));
        host.Validate();
        Assert.Equal(ways, host.Get<IOptions<MatchingOptions>>().Value.ReportOnly);
    }

    [Theory]
    [InlineData("Whole")]
    [InlineData("Turned, Whole")]
    [InlineData("64")]
    public void Ways_that_cannot_be_tried_are_refused_at_start(string text)
    {
        using var host = new ListsHost(["npo"], settings: ("Matching:ReportOnly", text));
        Assert.Contains("MatchingOptions.ReportOnly", Assert.Throws<OptionsValidationException>(host.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_says_at_start_what_is_only_reported()
    {
        using var host = new ListsHost(["npo", "new"], settings: [("new:Mode", "ReportOnly"), ("Matching:ReportOnly", "Turned")]);
        await host.Get<IEnumerable<IHostedService>>().OfType<ReportOnlyStartup>().Single().StartAsync(TestContext.Current.CancellationToken);

        var said = host.Logs.GetSnapshot().Where(record => record.Id.Id is 340 or 341).Select(record => record.Message).ToList();
        Assert.Equal(2, said.Count);
        Assert.Contains("'new'", said[0], StringComparison.Ordinal);
        Assert.Contains("Turned", said[1], StringComparison.Ordinal);
        Assert.Equal([ListMode.Enforce, ListMode.ReportOnly], host.Lists.Select(list => list.Mode));
    }

    private static ScanSession Session(ListsHost host, MatchWays reportOnly)
    {
        var npo = new ScanList(new("npo", HashIndex.Empty, DateTimeOffset.UnixEpoch), new ListOptions(), 31, ListFreshness.Fresh);
        return new ScanSession([npo], host.Get<FloodControl>(), host.Get<MatchingInstruments>(), new MatchingOptions { ReportOnly = reportOnly }, new ScanOptions());
    }

    private static Action<IMatchingBuilder> Configure(Action<MatchingOptions> configure) => builder => builder.Services.Configure(configure);

    private static async Task<(HashKinds Enforced, HashKinds Reported)> CheckedAsync(ListsHost host)
    {
        var result = await host.ScanAsync(Landscape);
        return (result.Checked, result.ReportOnly!.Checked);
    }

    private static (Verdict Verdict, ScanReason Reason) Answer(ScanResult result) => (result.Verdict, result.Reason);
}
