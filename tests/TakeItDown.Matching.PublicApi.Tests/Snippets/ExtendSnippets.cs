using TakeItDown.Matching.PublicApi.Tests.Kits;
using TakeItDown.Matching.Testing;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>What docs/extend/store.md shows.</summary>
public class ExtendSnippets
{
    // snippet: store
    private static ConformanceKit Store { get; } = Conformance.ListStore(place => new PartnerStore(), outlasts: false);

    public static TheoryData<string> Rules => [.. Store.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public Task Our_store_keeps_the_rules(string rule) => Store.CheckAsync(rule, TestContext.Current.CancellationToken);
    // end of snippet
}
