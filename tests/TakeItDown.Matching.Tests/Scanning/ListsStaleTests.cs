namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What "no match" becomes while a list is older than allowed.</summary>
public class ListsStaleTests
{
    private static readonly byte[] Listed = ListsHost.Picture("landscape.jpg");
    private static readonly byte[] Other = ListsHost.Picture("fractal.jpg");

    [Theory]
    [InlineData("false", Verdict.ListUnavailable, ScanReason.Stale)]
    [InlineData("true", Verdict.NoMatch, ScanReason.None)]
    public async Task A_stale_list_is_flagged_and_holds_back_no_match_unless_it_is_accepted(string accept, Verdict verdict, ScanReason reason)
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:AcceptStale", accept));
        await host.SyncAsync("npo", await host.EntryAsync("1", Listed));
        var fresh = await host.ScanAsync(Other);
        Assert.Equal((Verdict.NoMatch, false), (fresh.Verdict, fresh.IsStale));

        host.Time.Advance(TimeSpan.FromHours(25));
        var stale = await host.ScanAsync(Other);
        Assert.Equal((verdict, reason, true), (stale.Verdict, stale.Reason, stale.IsStale));
        var match = await host.ScanAsync(Listed);
        Assert.Equal((Verdict.Match, true), (match.Verdict, match.IsStale));
        var plain = await host.ScanAsync(ListsHost.Picture("blank.jpg"));
        Assert.Equal(verdict == Verdict.NoMatch ? Verdict.NotScannable : verdict, plain.Verdict);

        await host.SyncAsync("npo");
        Assert.False((await host.ScanAsync(Other)).IsStale);
    }

    [Fact]
    public async Task Accepting_one_stale_list_accepts_no_other_and_none_that_was_never_synced()
    {
        using var host = new ListsHost(["npo", "test"], configure: null, ("test:AcceptStale", "true"));
        await host.SyncAsync("npo", await host.EntryAsync("1", Listed));
        var never = await host.ScanAsync(Other);
        Assert.Equal((ScanReason.NeverSynced, false), (never.Reason, never.IsStale));

        await host.SyncAsync("test", await host.EntryAsync("1", Listed));
        host.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(ScanReason.Stale, (await host.ScanAsync(Other)).Reason);
        await host.SyncAsync("npo");
        var result = await host.ScanAsync(Other);
        Assert.Equal((Verdict.NoMatch, true), (result.Verdict, result.IsStale));
        host.Set("test:Enabled", "false");
        Assert.False((await host.ScanAsync(Other)).IsStale);
    }
}
