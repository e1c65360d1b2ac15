using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Pdq;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class PdqIndexTests
{
    public static TheoryData<int> BandCounts => [0, 11, 12, 13, 14, 15, 16, 20];

    // Few bands are wide, and dear to build: too dear for hundreds of small lists.
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(32)]
    public void Finds_what_comparing_everything_finds(int bands) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 256).ToArbitrary(), (seed, distance) =>
        {
            var random = new Random(seed);
            var hashes = Clusters(random, random.Next(200));
            var queries = Clusters(random, 8).Concat(hashes.Take(2).Select(hash => Hashes.Flip(hash, Hashes.RandomBits(random, distance)))).ToArray();
            var index = PdqOracle.Build(hashes, bands);
            Assert.Equal(PdqOracle.Expect(hashes, queries, distance), PdqOracle.Find(index, queries, distance));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(BandCounts))]
    public void Finds_what_comparing_everything_finds_among_clusters(int bands)
    {
        var random = new Random(9);
        var hashes = Clusters(random, 10_000);
        var index = PdqOracle.Build(hashes, bands);
        var queries = hashes.Take(50).Select(hash => Hashes.Flip(hash, Hashes.RandomBits(random, random.Next(40)))).ToArray();
        foreach (var distance in (int[])[0, 1, 10, 15, 16, 30, 31, 32, 33, 60]) Assert.Equal(PdqOracle.Expect(hashes, queries, distance), PdqOracle.Find(index, queries, distance));
    }

    [Theory]
    [MemberData(nameof(BandCounts))]
    public void Misses_nothing_at_the_edge_however_the_bits_are_spread(int bands)
    {
        // For every distance, one hash exactly that far from a query and one a bit farther, their bits spread over the bands as evenly
        // as can be: the worst that can happen. With 16 bands and a distance of 31 that is two bits in all but one.
        const int Distances = 50;
        var random = new Random(bands);
        var divided = PdqBandBits.Divide(Math.Max(1, bands));
        var queries = Enumerable.Range(0, Distances).Select(_ => Hashes.RandomPdq(random)).ToArray();
        var hashes = queries.SelectMany((query, distance) => (PdqHash[])
            [Hashes.Flip(query, Spread(random, divided, distance)), Hashes.Flip(query, Spread(random, divided, distance + 1))]).ToList();
        while (hashes.Count < 10_000) hashes.Add(Hashes.RandomPdq(random));
        var index = PdqOracle.Build(hashes, bands);
        for (var distance = 0; distance < Distances; distance++)
        {
            var (at, beyond) = (new IndexHit(2 * distance, distance, 0), new IndexHit((2 * distance) + 1, distance + 1, 0));
            Assert.Equal([at], PdqOracle.Find(index, [queries[distance]], distance));
            Assert.Equal([at, beyond], PdqOracle.Find(index, [queries[distance]], distance + 1));
        }
    }

    [Fact]
    public void The_radii_leave_no_gap_and_no_slack()
    {
        foreach (var bands in Enumerable.Range(1, 64))
        {
            foreach (var distance in Enumerable.Range(0, 257))
                Assert.Equal(distance + 1, Enumerable.Range(0, bands).Sum(band => PdqBandBits.Radius(band, bands, distance) + 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(16)]
    public void A_million_equal_hashes_are_one_hash_and_all_are_reported(int bands)
    {
        var hash = Hashes.RandomPdq(new Random(1));
        var index = PdqOracle.Build(Enumerable.Repeat(hash, 1_000_000).ToArray(), bands);
        Assert.Equal(1, index.Count);
        var hits = PdqOracle.Find(index, [Hashes.Flip(hash, 1, 2, 3)], 31);
        Assert.Equal(Enumerable.Range(0, 1_000_000), hits.Select(hit => hit.Entry));
        Assert.All(hits, hit => Assert.Equal(3, hit.Distance));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(16)]
    public void A_list_of_near_identical_hashes_is_scanned_and_loses_nothing(int bands)
    {
        var random = new Random(2);
        var center = Hashes.RandomPdq(random);
        var hashes = Enumerable.Range(0, 20_000).Select(_ => Hashes.Flip(center, Hashes.RandomBits(random, random.Next(25)))).ToArray();
        PdqHash[] queries = [center, Hashes.Flip(center, 7), Hashes.RandomPdq(random)];
        Assert.Equal(PdqOracle.Expect(hashes, queries, 31), PdqOracle.Find(PdqOracle.Build(hashes, bands), queries, 31));
    }

    [Fact]
    public void The_limit_ends_the_search()
    {
        var hash = Hashes.RandomPdq(new Random(3));
        foreach (var bands in (int[])[0, 11])
        {
            var index = PdqOracle.Build([hash, hash, Hashes.Flip(hash, 1), Hashes.Flip(hash, 2)], bands);
            var hits = new List<IndexHit> { new(99, 0) };
            index.Find([hash, hash], 31, new HitCollector(hits, 3));
            Assert.Equal(4, hits.Count);
        }
    }

    [Fact]
    public void An_entry_with_one_hash_twice_is_reported_once()
    {
        var hash = Hashes.RandomPdq(new Random(4));
        var builder = new PdqIndexBuilder();
        builder.Add(hash, 5);
        builder.Add(hash, 5);
        builder.Add(hash, 6);
        Assert.Equal([new IndexHit(5, 0), new IndexHit(6, 0)], PdqOracle.Find(builder.Build(PdqOracle.AllCores, 11), [hash], 0));
    }

    [Theory]
    [InlineData(1_999)]
    [InlineData(2_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(500_000)]
    public void Every_size_of_list_finds_its_own_hashes_at_the_edge(int count)
    {
        var random = new Random(count);
        var hashes = new PdqHash[count];
        for (var i = 0; i < count; i++) hashes[i] = Hashes.RandomPdq(random);
        var index = PdqOracle.Build(hashes, PdqIndex.ChooseBands(count));
        for (var i = 0; i < count; i += count / 50)
        {
            var query = Hashes.Flip(hashes[i], Hashes.RandomBits(random, 31));
            Assert.Equal([new IndexHit(i, 31, 0)], PdqOracle.Find(index, [query], 31));
            Assert.Empty(PdqOracle.Find(index, [query], 30));
        }
    }

    // Random hashes, some with neighbours at every distance that matters, some twice.
    private static PdqHash[] Clusters(Random random, int count)
    {
        var hashes = new PdqHash[count];
        for (var i = 0; i < count; i++)
        {
            hashes[i] = i == 0 || random.Next(4) == 0
                ? Hashes.RandomPdq(random)
                : Hashes.Flip(hashes[random.Next(i)], Hashes.RandomBits(random, random.Next(40)));
        }
        return hashes;
    }

    // The bits go to the bands in turn, from the last band on: those with the smaller radii.
    private static IEnumerable<int> Spread(Random random, PdqBandBits[] bands, int count) =>
        Enumerable.Range(0, count).GroupBy(i => bands.Length - 1 - (i % bands.Length)).SelectMany(group =>
        {
            var places = Enumerable.Range(0, bands[group.Key].Width).ToArray();
            random.Shuffle(places);
            return places.Take(group.Count()).Select(place => bands[group.Key].Offset + place);
        });
}
