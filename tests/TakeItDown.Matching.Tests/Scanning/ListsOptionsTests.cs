using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>What the options of lists are held to, at start and while the host runs.</summary>
public class ListsOptionsTests
{
    [Theory]
    [InlineData("TrafficShare", "1.5")]
    [InlineData("TrafficShare", "-0.1")]
    [InlineData("TrafficShare", "NaN")]
    [InlineData("PdqDistance", "257")]
    [InlineData("PdqDistance", "-1")]
    [InlineData("Kinds", "None")]
    [InlineData("Kinds", "64")]
    public void What_cannot_be_is_refused_at_start_with_a_word_on_what_to_change(string option, string value)
    {
        using var host = new ListsHost(["npo"], configure: null, ($"npo:{option}", value));

        var message = Assert.Throws<OptionsValidationException>(host.Validate).Message;
        Assert.Contains($"List 'npo': {option}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_in_the_name_of_a_list_is_refused_at_start()
    {
        using var host = new ListsHost(["npo"], builder => builder.ConfigureList("nop", options => options.TrafficShare = 0.1));

        Assert.Contains("'nop'", Assert.Throws<OptionsValidationException>(host.Validate).Message, StringComparison.Ordinal);
        using var right = new ListsHost(["npo"]);
        right.Validate();
    }

    [Theory]
    [InlineData("2")]
    [InlineData("a tenth")]
    public async Task A_change_that_cannot_be_used_changes_nothing_and_is_reported_once(string slip)
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:TrafficShare", "0"));
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("swirl.jpg")));
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(ListsHost.Picture("swirl.jpg"))).Verdict);

        for (var round = 1; round <= 2; round++)
        {
            // Whoever watches the configuration is told of it too.
            Assert.ThrowsAny<Exception>(() => host.Set("npo:TrafficShare", slip));
            for (var scan = 0; scan < 3; scan++) Assert.Equal(ScanReason.NoListInUse, (await host.ScanAsync(ListsHost.Picture("swirl.jpg"))).Reason);
            Assert.False(Assert.Single(host.Lists).IsInUse);
            var reports = host.Logs.GetSnapshot().Where(record => record.Level == LogLevel.Error && record.Id.Id == 200).ToList();
            Assert.Equal(round, reports.Count);
            // A text may be a hash that was put in the wrong place.
            if (slip == "a tenth") Assert.All(reports, report => Assert.DoesNotContain(slip, report.Message, StringComparison.Ordinal));

            host.Set("npo:TrafficShare", "0");
            Assert.Equal(ScanReason.NoListInUse, (await host.ScanAsync(ListsHost.Picture("swirl.jpg"))).Reason);
        }
        host.Set("npo:TrafficShare", "1");
        Assert.Equal(Verdict.Match, (await host.ScanAsync(ListsHost.Picture("swirl.jpg"))).Verdict);
    }
}
