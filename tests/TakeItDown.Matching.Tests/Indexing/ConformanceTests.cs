using System.Globalization;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class ConformanceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(16)]
    public void Every_published_pair_is_found_and_no_other(int bands)
    {
        var index = PdqOracle.Build(Read("index/haystack.txt"), bands);
        var found = PdqOracle.Find(index, Read("index/needles.txt"), 31)
            .Select(hit => string.Create(CultureInfo.InvariantCulture, $"{hit.Query + 1}\t{hit.Entry + 1}\t{hit.Distance}"));
        var published = File.ReadLines(TestData.Conformance("index/matches-within-31.tsv")).Skip(1);
        Assert.Equal(published.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_published_hash_counts_as_degenerate()
    {
        Assert.DoesNotContain(Read("index/haystack.txt"), DegenerateHashes.Contains);
        Assert.DoesNotContain(Read("index/needles.txt"), DegenerateHashes.Contains);
    }

    private static PdqHash[] Read(string file) =>
        [.. File.ReadLines(TestData.Conformance(file)).Select(line => PdqHash.TryParse(line, out var hash) ? hash : throw new InvalidDataException())];
}
