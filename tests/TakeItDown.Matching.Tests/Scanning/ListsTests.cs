using Microsoft.Extensions.DependencyInjection;
using TakeItDown.Matching.Scanning;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Several lists at once, each used in its own way.</summary>
public class ListsTests
{
    private static readonly byte[] Landscape = ListsHost.Picture("landscape.jpg");
    private static readonly byte[] Recoded = ListsHost.Picture("landscape-q40.jpg");
    private static readonly byte[] Other = ListsHost.Picture("fractal.jpg");

    [Fact]
    public async Task A_match_names_each_list_that_has_the_content()
    {
        using var host = new ListsHost(["npo", "industry", "test"]);
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));
        await host.SyncAsync("industry", await host.EntryAsync("2", Landscape));
        await host.SyncAsync("test", await host.EntryAsync("3", Other));

        var result = await host.ScanAsync(Landscape, all: true);

        Assert.Equal([("industry", "2"), ("npo", "1")], result.Matches.Select(match => (match.List, match.Entry)).Distinct().Order());
    }

    [Theory]
    [InlineData("Enabled", "false")]
    [InlineData("TrafficShare", "0")]
    public async Task A_list_that_is_switched_off_has_no_say(string option, string value)
    {
        using var host = new ListsHost(["npo", "industry"], configure: null, ($"industry:{option}", value));
        await host.SyncAsync("npo", await host.EntryAsync("1", Other));

        var result = await host.ScanAsync(Landscape);
        Assert.Equal((Verdict.NoMatch, ScanReason.None), (result.Verdict, result.Reason));
        Assert.Equal([true, false], host.Lists.Select(list => list.IsInUse));

        host.Set($"industry:{option}", null);
        Assert.Equal(ScanReason.NeverSynced, (await host.ScanAsync(Landscape)).Reason);
        await host.SyncAsync("industry", await host.EntryAsync("2", Landscape));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);

        host.Set($"industry:{option}", value);
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Landscape)).Verdict);
        host.Time.Advance(TimeSpan.FromHours(25));
        await host.SyncAsync("npo");
        Assert.Equal([ListFreshness.Fresh, ListFreshness.Stale], host.Lists.Select(list => list.Freshness));
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Fact]
    public async Task Where_every_list_is_off_the_answer_says_that_nothing_was_compared()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:Enabled", "false"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));

        foreach (var content in (byte[][])[Landscape, [1, 2, 3]])
        {
            var result = await host.ScanAsync(content);
            Assert.Equal((Verdict.NoMatch, ScanReason.NoListInUse, HashKinds.None), (result.Verdict, result.Reason, result.Checked));
        }
        using var none = new ListsHost([]);
        Assert.Equal((Verdict.ListUnavailable, ScanReason.NeverSynced), await VerdictAsync(none, Landscape));
    }

    [Fact]
    public async Task A_list_of_digests_only_finds_equal_files_and_decodes_nothing()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:Kinds", "Digests"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));

        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
        var recoded = await host.ScanAsync(Recoded);
        Assert.Equal((Verdict.NoMatch, HashKinds.Digests), (recoded.Verdict, recoded.Checked));
        // Nothing that PDQ would have to say of these is asked for.
        Assert.Equal((Verdict.NoMatch, ScanReason.None), await VerdictAsync(host, ListsHost.Picture("blank.jpg")));
        Assert.Equal((Verdict.NoMatch, ScanReason.None), await VerdictAsync(host, [1, 2, 3]));

        host.Set("npo:Kinds", "Pdq, Sha1");
        Assert.Equal((Verdict.Match, ScanReason.None), await VerdictAsync(host, Recoded));
        Assert.Equal([HashKind.Pdq, HashKind.Sha1], (await host.ScanAsync(Landscape, all: true)).Matches.Select(match => match.Kind).Order().Reverse());
    }

    [Fact]
    public async Task Each_list_has_a_distance_of_its_own_within_which_PDQ_hashes_match()
    {
        using var host = new ListsHost(["near", "far"], builder => builder.ConfigureList("near", options => options.PdqDistance = 4), ("far:PdqDistance", "40"));
        var listed = (await host.HashAsync(Landscape)).Pdq!.Value.Hash;
        foreach (var list in (string[])["near", "far"]) await host.SyncAsync(list, ListsHost.Entry("1", listed.ToValue()));

        foreach (var (bits, lists) in ((int, string[])[])[(4, ["far", "near"]), (5, ["far"]), (40, ["far"]), (41, [])])
        {
            var result = host.Get<IContentScanner>().Scan([Flip(listed, bits)], new ScanOptions { StopAtFirstMatch = false });
            Assert.Equal(lists, result.Matches.Select(match => match.List).Order());
        }
        host.Set("far:PdqDistance", null);
        Assert.Equal(Verdict.NoMatch, host.Get<IContentScanner>().Scan([Flip(listed, 32)]).Verdict);
        Assert.Equal(Verdict.Match, host.Get<IContentScanner>().Scan([Flip(listed, 31)]).Verdict);
    }

    [Theory]
    [InlineData(HashKind.Md5)]
    [InlineData(HashKind.Pdq)]
    public async Task One_hash_of_very_many_entries_is_an_answer_of_bounded_length(HashKind kind)
    {
        using var host = new ListsHost(["npo"]);
        var common = HashValue.FromBytes(kind, [.. Enumerable.Range(0, kind.ByteLength()).Select(i => (byte)(i * 37))]);
        await host.SyncAsync("npo", [.. Enumerable.Range(0, Judgement.MostMatches + 500).Select(Entry)]);

        var result = host.Get<IContentScanner>().Scan([common], new ScanOptions { StopAtFirstMatch = false });
        Assert.Equal(Judgement.MostMatches, result.Matches.Count);
        Assert.Equal(Judgement.MostMatches, result.Matches.Select(match => match.Entry).Distinct().Count());
        Assert.All(result.Matches, match => Assert.Equal((kind, 0), (match.Kind, match.Distance)));

        ListEntry Entry(int id) => new() { Key = new EntryKey("7", $"{id}"), Media = MediaKind.Image, Hashes = [common] };
    }

    [Fact]
    public async Task What_is_suppressed_crowds_out_nothing()
    {
        // More entries than one lookup brings, all of them suppressed by their hash; and three bits from there another hash.
        var common = await LandscapeAsync();
        using var host = new ListsHost(["npo"], configure: null, ("npo:SuppressedHashes:0", "pdq:" + common.ToValue().ToHexString()));
        await host.SyncAsync("npo", [.. Enumerable.Range(0, 100_001).Select(i => ListsHost.Entry($"{i}", common.ToValue())), ListsHost.Entry("near", Flip(common, 3))]);
        Assert.Equal(["near"], FindAll(host, common.ToValue()));
    }

    [Fact]
    public async Task Of_very_many_entries_the_closest_is_told_of_first()
    {
        var common = await LandscapeAsync();
        using var host = new ListsHost(["npo"]);
        await host.SyncAsync("npo", [.. Enumerable.Range(0, Judgement.MostMatches + 1).Select(i => ListsHost.Entry($"{i}", common.ToValue())), ListsHost.Entry("equal", Flip(common, 3))]);
        Assert.Equal("equal", FindAll(host, Flip(common, 3))[0]);
    }

    [Fact]
    public async Task Hashes_that_would_match_by_accident_are_reported_once()
    {
        using var host = new ListsHost(["npo"]);
        var plain = ListsHost.Entry("1", HashValue.FromBytes(HashKind.Pdq, new byte[32]), HashValue.FromBytes(HashKind.Md5, new byte[16]));
        await host.SyncAsync("npo", plain);
        await host.SyncAsync("npo", plain, ListsHost.Entry("2", (await LandscapeAsync()).ToValue()));
        Assert.Equal(2, Assert.Single(host.Lists).RejectedHashes);
        Assert.Contains("2 hashes", Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 117).Message, StringComparison.Ordinal);
    }

    private static async Task<PdqHash> LandscapeAsync()
    {
        using var host = new ListsHost([]);
        return (await host.HashAsync(Landscape)).Pdq!.Value.Hash;
    }

    private static string[] FindAll(ListsHost host, HashValue hash) =>
        [.. host.Get<IContentScanner>().Scan([hash], new ScanOptions { StopAtFirstMatch = false }).Matches.Select(match => match.Entry)];

    private static HashValue Flip(PdqHash hash, int bits)
    {
        var bytes = hash.ToValue().Bytes.ToArray();
        for (var bit = 0; bit < bits; bit++) bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return HashValue.FromBytes(HashKind.Pdq, bytes);
    }

    private static async Task<(Verdict Verdict, ScanReason Reason)> VerdictAsync(ListsHost host, byte[] content)
    {
        var result = await host.ScanAsync(content);
        return (result.Verdict, result.Reason);
    }
}
