using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tests.Telemetry;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What a platform decides by itself: entries that a person judged wrong, and entries that match too much.</summary>
public class ListsDecisionsTests
{
    private static readonly byte[] Landscape = ListsHost.Picture("landscape.jpg");
    private static readonly byte[] Fractal = ListsHost.Picture("fractal.jpg");

    [Fact]
    public async Task A_suppressed_entry_matches_nothing_by_any_hash_and_leaves_others_alone()
    {
        using var host = new ListsHost(["npo", "other"], configure: null, ("npo:Suppressed:0:Member", "7"), ("npo:Suppressed:0:Id", "wrong"));
        host.Validate();
        await host.SyncAsync("npo", await host.EntryAsync("wrong", Landscape), await host.EntryAsync("right", Fractal));
        await host.SyncAsync("other");

        foreach (var name in (string[])["landscape.jpg", "landscape-q40.jpg"]) Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(ListsHost.Picture(name))).Verdict);
        Assert.Equal("right", (await host.ScanAsync(Fractal)).Matches[0].Entry);

        // The same key on another list is another entry; and another entry with the same hashes still matches.
        await host.SyncAsync("other", await host.EntryAsync("wrong", Landscape));
        Assert.Equal("other", (await host.ScanAsync(Landscape)).Matches[0].List);
        host.Set("other:Enabled", "false");
        await host.SyncAsync("npo", await host.EntryAsync("twin", Landscape));
        Assert.All((await host.ScanAsync(Landscape, all: true)).Matches, match => Assert.Equal("twin", match.Entry));
    }

    [Fact]
    public async Task An_entry_can_be_suppressed_and_restored_while_the_host_runs()
    {
        using var host = new ListsHost(["npo"]);
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);

        host.Set(("npo:Suppressed:0:Member", "7"), ("npo:Suppressed:0:Id", "1"));
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(Landscape)).Verdict);
        host.Set("npo:Suppressed:0:Id", "2");
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Theory]
    [InlineData("FloodLimit", "0")]
    [InlineData("FloodWindow", "00:00:10")]
    public void What_cannot_be_is_refused_at_start(string option, string value)
    {
        using var host = new ListsHost(["npo"], configure: null, ($"npo:{option}", value));

        Assert.Contains(option, Assert.Throws<OptionsValidationException>(host.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppressed_entry_must_be_named_whole()
    {
        using var host = new ListsHost(["npo"], builder => builder.ConfigureList("npo", options => options.Suppressed.Add(new EntryKey("7", ""))));

        Assert.Contains("Suppressed", Assert.Throws<OptionsValidationException>(host.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_floods_is_reported_once_and_goes_on_to_match()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:FloodLimit", "3"), ("npo:FloodWindow", "01:00:00"));
        using var ear = new Ear(host.Get<IMeterFactory>(), host.Get<MatchingInstruments>());
        await host.SyncAsync("npo", await host.EntryAsync("meme", Landscape), await host.EntryAsync("2", Fractal));

        for (var upload = 1; upload <= 6; upload++)
        {
            // Every hash of one upload together counts once.
            Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape, all: true)).Verdict);
            Assert.Equal(upload > 3, Assert.Single(host.Lists).Floods.Count == 1);
        }
        await host.ScanAsync(Fractal);

        Assert.Equal(new EntryFlood(new EntryKey("7", "meme"), 6, IsQuarantined: false), Assert.Single(host.Lists[0].Floods));
        Assert.Equal([("list=npo", 1)], ear.Of("takeitdown.floods"));
        var record = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 201);
        Assert.DoesNotContain("meme", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_that_are_spread_over_time_are_no_flood()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:FloodLimit", "3"), ("npo:FloodWindow", "01:00:00"), ("npo:QuarantineFloods", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Landscape));

        for (var upload = 0; upload < 12; upload++)
        {
            Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
            host.Time.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.Empty(host.Lists[0].Floods);
    }

    [Fact]
    public async Task An_entry_in_quarantine_neither_condemns_nor_clears_until_a_window_without_flood_has_passed()
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("npo:FloodLimit", "3"), ("npo:FloodWindow", "01:00:00"), ("npo:QuarantineFloods", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("meme", Landscape), await host.EntryAsync("2", Fractal));
        for (var upload = 1; upload <= 3; upload++) Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);

        // More than a list that cannot be asked: it was found.
        var held = await host.ScanAsync(Landscape, all: true);
        Assert.Equal((Verdict.NotScannable, ScanReason.Quarantined), (held.Verdict, held.Reason));
        Assert.Empty(held.Matches);
        Assert.All(held.Quarantined, match => Assert.Equal("meme", match.Entry));
        Assert.Contains(held.Quarantined, match => match.Kind == HashKind.Pdq);
        Assert.True(Assert.Single(host.Lists[0].Floods).IsQuarantined);
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Fractal)).Verdict);

        // Another entry, on another list, still condemns.
        await host.SyncAsync("new", await host.EntryAsync("3", Landscape));
        var both = await host.ScanAsync(Landscape, all: true);
        Assert.Equal((Verdict.Match, "new"), (both.Verdict, both.Matches[0].List));
        Assert.NotEmpty(both.Quarantined);
        host.Set("new:Enabled", "false");

        // It goes on for as long as the flood does, from window to window.
        for (var minutes = 0; minutes < 180; minutes += 10)
        {
            Assert.Equal(ScanReason.Quarantined, (await host.ScanAsync(Landscape)).Reason);
            host.Time.Advance(TimeSpan.FromMinutes(10));
        }
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
        Assert.Empty(host.Lists[0].Floods);

        for (var upload = 0; upload < 4; upload++) await host.ScanAsync(Landscape);
        Assert.Equal(ScanReason.Quarantined, (await host.ScanAsync(Landscape)).Reason);
        host.Set("npo:QuarantineFloods", "false");
        Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task A_clock_that_is_set_right_neither_prolongs_nor_ends_a_quarantine(int days)
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:FloodLimit", "3"), ("npo:FloodWindow", "01:00:00"), ("npo:QuarantineFloods", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("meme", Landscape));
        for (var upload = 0; upload < 4; upload++) await host.ScanAsync(Landscape);
        host.Time.Correction = TimeSpan.FromDays(days);
        await host.SyncAsync("npo");

        host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(host.Lists[0].Floods);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(host.Lists[0].Floods);
        // With a window of its own again.
        for (var upload = 0; upload < 3; upload++) Assert.Equal(Verdict.Match, (await host.ScanAsync(Landscape)).Verdict);
    }
}
