using System.Collections.Concurrent;
using TakeItDown.Matching.Testing;

namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>The conformance kits pass what a partner wrote well, and find what is wrong, each rule its own.</summary>
public sealed class KitTests
{
    [Fact]
    public async Task A_partners_own_passes()
    {
        foreach (var kit in (ConformanceKit[])[Stores(() => new PartnerStore()), Outboxes(() => new PartnerOutbox()), Conformance.ListSource(() => new PartnerSource()), Decoders(() => new PartnerDecoder())])
            await kit.CheckAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void For_each_rule_there_is_one_that_breaks_it()
    {
        Assert.Equal(Stores(() => null!).Rules.Order(), StoreDoubles.All.Keys.Append("outlasts").Order());
        Assert.Equal(Outboxes(() => null!).Rules.Order(), OutboxDoubles.All.Keys.Append("outlasts").Order());
        Assert.Equal(Conformance.ListSource(() => null!).Rules.Order(), SourceDoubles.All.Keys.Order());
        Assert.Equal(Decoders(() => null!).Rules.Order(), DecoderDoubles.All.Keys.Order());
    }

    public static TheoryData<string> StoreRules => [.. StoreDoubles.All.Keys];

    [Theory]
    [MemberData(nameof(StoreRules))]
    public Task A_store_that_breaks_a_rule_fails_that_rule_and_no_other(string rule) => FailsAsync(Stores(StoreDoubles.All[rule]), rule);

    public static TheoryData<string> OutboxRules => [.. OutboxDoubles.All.Keys];

    [Theory]
    [MemberData(nameof(OutboxRules))]
    public Task An_outbox_that_breaks_a_rule_fails_that_rule_and_no_other(string rule) => FailsAsync(Outboxes(OutboxDoubles.All[rule]), rule);

    public static TheoryData<string> SourceRules => [.. SourceDoubles.All.Keys];

    [Theory]
    [MemberData(nameof(SourceRules))]
    public Task A_source_that_breaks_a_rule_fails_that_rule_and_no_other(string rule) => FailsAsync(Conformance.ListSource(SourceDoubles.All[rule]), rule);

    public static TheoryData<string> DecoderRules => [.. DecoderDoubles.All.Keys];

    [Theory]
    [MemberData(nameof(DecoderRules))]
    public Task A_decoder_that_breaks_a_rule_fails_that_rule_and_no_other(string rule) => FailsAsync(Decoders(DecoderDoubles.All[rule]), rule);

    [Fact]
    public async Task What_is_gone_with_its_process_does_not_outlast_it()
    {
        await FailsAsync(Conformance.ListStore(_ => new PartnerStore(), outlasts: true), "outlasts");
        await FailsAsync(Conformance.FeedbackOutbox(_ => new PartnerOutbox(), outlasts: true), "outlasts");
    }

    [Fact]
    public async Task A_finding_says_which_rule_and_how()
    {
        var kit = Stores(StoreDoubles.All["cursor"]);

        var error = await Assert.ThrowsAsync<ConformanceException>(() => kit.CheckAsync(TestContext.Current.CancellationToken));

        Assert.Equal("cursor", error.Rule);
        Assert.StartsWith($"Rule 'cursor' is broken: {kit.Describe("cursor")} ", error.Message, StringComparison.Ordinal);
    }

    private static async Task FailsAsync(ConformanceKit kit, string rule)
    {
        var broken = new List<string>();
        foreach (var each in kit.Rules)
        {
            try
            {
                await kit.CheckAsync(each, TestContext.Current.CancellationToken);
            }
            catch (ConformanceException e)
            {
                Assert.Equal(each, e.Rule);
                broken.Add(each);
            }
        }
        Assert.Equal([rule], broken);
    }

    /// <summary>With a place for each name, as a server would have.</summary>
    private static ConformanceKit Stores(Func<IListStore> make)
    {
        var places = new ConcurrentDictionary<string, IListStore>();
        return Conformance.ListStore(place => places.GetOrAdd(place, _ => make()), outlasts: true);
    }

    private static ConformanceKit Outboxes(Func<IFeedbackOutbox> make)
    {
        var places = new ConcurrentDictionary<string, IFeedbackOutbox>();
        return Conformance.FeedbackOutbox(place => places.GetOrAdd(place, _ => make()), outlasts: true);
    }

    private static ConformanceKit Decoders(Func<IImageDecoder> make) => Conformance.ImageDecoder(make, PartnerDecoder.Picture, ImageFormat.Bmp);
}
