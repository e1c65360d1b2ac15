extern alias ReferenceRegistry;

using ReferenceRegistry::Registry.Faults;
using TakeItDown.Matching.EndToEnd.Tests.Registry;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>What a registry may do within a refresh without the platform's list being any the worse for it.</summary>
public sealed class OvercomeTests
{
    /// <summary>Each with the malformed records that it brings.</summary>
    public static TheoryData<string, int> Faults => new()
    {
        { "blocks are missing", 0 },
        { "unknown elements", 0 },
        { "a tombstone for an unknown id", 0 },
        { "entries in backward order", 0 },
        { "pages out of order", 0 },
        { "one malformed entry", 1 },
        { "a count that is wrong once", 0 },
        { "a next of another window", 0 },
        { "a next that has expired", 0 },
        { "the end comes too soon", 0 },
        { "an entry changes while it is paged", 0 },
        { "too many requests", 0 },
        { "away for a moment", 0 },
        { "the connection is lost", 0 },
        { "a slow body", 0 },
        { "a clock that is ahead", 0 },
        { "a clock that is behind", 0 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_list_is_whole_after_one_refresh(string fault, int rejected)
    {
        await using var registry = await RegistryHost.StartAsync("--Registry:PageSize", "2");
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        // All in one second.
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(RegistryHost.Other, $"{i}", 5)));
        clock.Settle();

        Queue(fault, registry);
        var result = await platform.RefreshAsync();

        Assert.Null(result.Error);
        Assert.Equal((ListFreshness.Fresh, rejected), (platform.List.Freshness, result.Rejected));
        // The entry that changes comes with a later refresh, and stays as it was until then.
        Assert.Equal(5 + rejected, platform.List.Entries);
        registry.Faults.Clear();
        clock.Settle();
        Assert.Null((await platform.RefreshAsync()).Error);
        Assert.Equal((5 + rejected, null), (platform.List.Entries, platform.List.LastError));
    }

    [Fact]
    public async Task A_registry_that_takes_no_notice_of_times_is_an_error_and_no_endless_reading()
    {
        await using var registry = await RegistryHost.StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(RegistryHost.Other, $"{i}", -5)));
        registry.Faults.Add(DocumentFaults.TimesIgnored(), times: 1000);
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);

        Assert.Equal("The registry 'take-it-down' could not be read: it sends entries of other times than it was asked for.", platform.List.LastError);
        Assert.Equal(ListFreshness.NeverSynced, platform.List.Freshness);
        Assert.InRange(registry.Faults.Pending, 990, 999);

        registry.Faults.Clear();
        Assert.Null((await platform.RefreshAsync()).Error);
        Assert.Equal((ListFreshness.Fresh, 5), (platform.List.Freshness, platform.List.Entries));
    }

    [Fact]
    public async Task A_registry_that_hides_entries_after_numbering_them_gives_all_that_it_shows()
    {
        await using var registry = await RegistryHost.StartAsync("--Registry:PageSize", "10");
        registry.Store.Put(Enumerable.Range(1, 60).Select(i => Samples.Image(RegistryHost.Other, $"{i:00}", 5)));
        registry.Faults.Add(CountFaults.HiddenEntries(every: 10), times: 1000);
        var clock = new StoryClock(registry);
        clock.Settle();

        await using var platform = await PlatformHost.StartAsync(registry, clock);
        Assert.Null((await platform.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 54), (platform.List.Freshness, platform.List.Entries));
        Assert.Single(platform.Logs, line => line.Contains("its numbers are taken for its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_fails_at_what_lies_deep_is_read_in_shorter_windows()
    {
        await using var registry = await RegistryHost.StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(RegistryHost.Other, $"{i}", i * 90)));
        var clock = new StoryClock(registry);
        clock.Move(TimeSpan.FromHours(1));
        registry.Faults.Add(CountFaults.DeepPagesFail(500), times: 10_000);
        await using var platform = await PlatformHost.StartAsync(registry, clock);

        for (var i = 0; i < 20 && platform.List.Freshness != ListFreshness.Fresh; i++) await platform.RefreshAsync();

        Assert.Equal((ListFreshness.Fresh, 5), (platform.List.Freshness, platform.List.Entries));
    }

    private static void Queue(string fault, RegistryHost registry)
    {
        var faults = registry.Faults;
        switch (fault)
        {
            case "blocks are missing": faults.Add(DocumentFaults.MissingBlocks(), 3); break;
            case "unknown elements": faults.Add(DocumentFaults.UnknownElements(), 3); break;
            case "a tombstone for an unknown id": faults.Add(DocumentFaults.TombstoneOfUnknown(), 3); break;
            case "entries in backward order": faults.Add(DocumentFaults.EntriesReversed(), 3); break;
            case "pages out of order": faults.Add(DocumentFaults.PagesSwapped(), 2); break;
            case "one malformed entry": faults.Add(DocumentFaults.MalformedHash()); break;
            case "a count that is wrong once": faults.Add(DocumentFaults.WrongCount()); break;
            case "a next of another window": faults.Add(DocumentFaults.NextOfAnotherWindow()); break;
            case "too many requests": faults.Add(AnswerFaults.Status(429, TimeSpan.FromSeconds(10)), 2); break;
            case "away for a moment": faults.Add(AnswerFaults.Status(503), 3); break;
            case "the connection is lost": faults.Add(AnswerFaults.ConnectionLost(), 2); break;
            case "a slow body": faults.Add(AnswerFaults.Slow(TimeSpan.FromMilliseconds(1))); break;
            case "a clock that is ahead": faults.Add(AnswerFaults.ClockSkew(TimeSpan.FromHours(3)), 1000); break;
            case "a clock that is behind": faults.Add(AnswerFaults.ClockSkew(TimeSpan.FromSeconds(-5)), 1000); break;
            case "the end comes too soon":
                faults.Add(RegistryFaults.None);
                faults.Add(DocumentFaults.RestLost());
                break;
            case "a next that has expired":
                faults.Add(RegistryFaults.None);
                faults.Add(AnswerFaults.Meanwhile(() => registry.Clock.Now += TimeSpan.FromHours(13)));
                break;
            case "an entry changes while it is paged":
                faults.Add(RegistryFaults.None);
                faults.Add(AnswerFaults.Meanwhile(() => registry.Store.Put([Samples.Image(RegistryHost.Other, "1", 30)])));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault");
        }
    }
}
