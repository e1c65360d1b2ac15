using System.Collections.Immutable;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class SwapTests
{
    [Fact]
    public async Task Every_answer_during_swaps_is_of_one_whole_snapshot()
    {
        // In generation g entry i has the i-th of a fixed row of hashes and the id g: a lookup through one snapshot must see one g everywhere.
        const int Count = 20_000;
        const int Generations = 12;
        var random = new Random(8);
        var pdqs = Enumerable.Range(0, Count).Select(_ => Hashes.RandomPdq(random)).ToArray();
        var catalog = new ListCatalog();
        catalog.Publish(new ListSnapshot("list", Build(0), CompleteThrough: null));

        using var swapping = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(reader => Task.Run(() => Read(new Random(reader), swapping.Token))).ToArray();
        for (var generation = 1; generation <= Generations; generation++) catalog.Publish(new ListSnapshot("list", Build(generation), CompleteThrough: null));
        await swapping.CancelAsync();
        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(seen.Order(), seen);
            Assert.Equal(Generations, seen[^1]);
        }

        HashIndex Build(int generation)
        {
            var builder = new HashIndexBuilder();
            for (var i = 0; i < Count; i++) builder.Add(Hashes.Entry(generation, Hashes.Digest(HashKind.Md5, i + 1), pdqs[i].ToValue()));
            return builder.Build();
        }

        ImmutableArray<int> Read(Random own, CancellationToken done)
        {
            var seen = ImmutableArray.CreateBuilder<int>();
            var hits = new List<IndexHit>();
            for (var last = false; !last;)
            {
                last = done.IsCancellationRequested;
                var index = catalog.Current[0].Index;
                var entry = own.Next(Count);
                hits.Clear();
                index.FindDigests([Hashes.Digest(HashKind.Md5, entry + 1)], hits);
                index.FindPdq([Hashes.Flip(pdqs[entry], Hashes.RandomBits(own, 31))], 31, hits);
                Assert.Equal([(entry, 0), (entry, 31)], hits.Select(hit => (hit.Entry, hit.Distance)));
                seen.Add(int.Parse(index.GetEntry(entry).Key.Id, System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal(index.GetEntry(0), index.GetEntry(entry));
            }
            return seen.ToImmutable();
        }
    }
}
