using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Indexing.Digests;
using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class DigestTableTests
{
    public static TheoryData<HashKind> Kinds => [HashKind.Md5, HashKind.Sha1, HashKind.Sha256];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Finds_what_a_dictionary_finds(HashKind kind) =>
        Prop.ForAll(Gen.Choose(0, 40).ToArbitrary().Generator.ArrayOf().ToArbitrary(), numbers =>
        {
            // Few different numbers, so that many digests have several entries, and some entries one digest twice.
            var builder = new HashIndexBuilder();
            var oracle = new Dictionary<HashValue, SortedSet<int>>();
            for (var i = 0; i + 1 < numbers.Length; i += 2)
            {
                HashValue[] hashes = [Hashes.Digest(kind, numbers[i]), Hashes.Digest(kind, numbers[i + 1])];
                builder.Add(Hashes.Entry(i, hashes));
                foreach (var hash in hashes)
                {
                    if (!oracle.TryGetValue(hash, out var entries)) oracle.Add(hash, entries = []);
                    entries.Add(i / 2);
                }
            }
            var index = builder.Build();
            for (var number = 0; number <= 41; number++)
            {
                var digest = Hashes.Digest(kind, number);
                Assert.Equal(oracle.GetValueOrDefault(digest, []), Find(index, digest));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Finds_all_of_many_and_nothing_else(HashKind kind)
    {
        // Digests alike in all but four bytes, as a hostile list would have them.
        const int Count = 300_000;
        var builder = new HashIndexBuilder();
        for (var i = 0; i < Count; i++) builder.Add(Hashes.Entry(i, i % 2 == 0 ? Hashes.Digest(kind, i + 1) : Hashes.Digest(kind, 0, i + 1)));
        var index = builder.Build();
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal([i], Find(index, i % 2 == 0 ? Hashes.Digest(kind, i + 1) : Hashes.Digest(kind, 0, i + 1)));
            Assert.Empty(Find(index, i % 2 == 0 ? Hashes.Digest(kind, 0, i + 1) : Hashes.Digest(kind, i + 1)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Several_workers_build_what_one_builds(int workers)
    {
        // Every third digest twice, and so many that each worker has a part, with searches that run into the next one's.
        const int Count = 600_000;
        var builder = new DigestTableBuilder<Digest128>();
        for (var i = 0; i < Count; i++)
        {
            var digest = Hashes.Digest(HashKind.Md5, i % 3 == 0 ? i + 1 : i);
            builder.Add(digest.Bytes, i);
        }
        var table = builder.Build(new ParallelOptions { MaxDegreeOfParallelism = workers });
        var hits = new List<IndexHit>();
        for (var number = 0; number < Count; number++)
        {
            var digest = Hashes.Digest(HashKind.Md5, number);
            var hash = table.Prepare(digest.Bytes);
            hits.Clear();
            if (table.MayContain(hash)) table.Search(digest.Bytes, hash, 0, new HitCollector(hits, int.MaxValue));
            int[] expected = (number % 3) switch { 0 => [], 1 => [number - 1, number], _ => [number] };
            Assert.Equal(expected, hits.Select(hit => hit.Entry));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_digest_that_differs_in_one_bit_is_another(HashKind kind)
    {
        var digest = Hashes.Digest(kind, 7);
        var index = Build(Hashes.Entry(1, digest));
        Assert.Equal([0], Find(index, digest));
        for (var bit = 0; bit < kind.ByteLength() * 8; bit++)
        {
            var bytes = digest.Bytes.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Empty(Find(index, HashValue.FromBytes(kind, bytes)));
        }
    }

    [Fact]
    public void A_million_entries_of_one_digest_are_all_reported_up_to_the_limit()
    {
        var builder = new HashIndexBuilder();
        var digest = Hashes.Digest(HashKind.Md5, 9);
        var other = Hashes.Digest(HashKind.Md5, 10);
        for (var i = 0; i < 1_000_000; i++) builder.Add(Hashes.Entry(i, digest));
        builder.Add(Hashes.Entry(-1, other));
        var index = builder.Build();
        Assert.Equal(Enumerable.Range(0, 1_000_000), Find(index, digest));
        Assert.Equal([1_000_000], Find(index, other));

        var hits = new List<IndexHit>();
        index.FindDigests([other, digest, digest], hits, limit: 10);
        Assert.Equal(10, hits.Count);
    }

    [Fact]
    public void A_batch_finds_what_single_lookups_find()
    {
        var digests = Enumerable.Range(0, 100).Select(i => Hashes.Digest((HashKind)(1 + (i % 3)), i + 1)).ToArray();
        var index = Build([.. digests.Where((_, i) => i % 3 == 0).Select((digest, i) => Hashes.Entry(i, digest))]);
        var hits = new List<IndexHit>();
        index.FindDigests(digests, hits);
        var expected = digests.SelectMany((digest, query) => Find(index, digest).Select(entry => new IndexHit(entry, 0, query)));
        Assert.Equal(expected, hits);
    }

    [Fact]
    public void A_hash_of_no_or_another_kind_is_never_found()
    {
        var sha256 = Hashes.Digest(HashKind.Sha256, 3);
        var index = Build(Hashes.Entry(1, sha256, Hashes.RandomPdq(new Random(1)).ToValue()));
        Assert.Empty(Find(index, default));
        Assert.Empty(Find(index, HashValue.FromBytes(HashKind.Pdq, sha256.Bytes)));
        Assert.Empty(Find(index, HashValue.FromBytes(HashKind.Md5, sha256.Bytes[..16])));
    }

    [Fact]
    public void The_filter_forgets_nothing_and_says_absent_of_nearly_everything_else()
    {
        var random = new Random(6);
        var added = Enumerable.Range(0, 100_000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        var filter = new DigestFilter(added.Length, 4);
        foreach (var hash in added) filter.Add(hash);
        Assert.All(added, hash => Assert.True(filter.MayContain(hash)));
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => filter.MayContain((ulong)random.NextInt64(long.MinValue, long.MaxValue))), 1, 1_000);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void No_block_of_the_filter_lies_in_the_parts_of_two_workers(int parts)
    {
        // Two workers that write one block at a time would undo each other's bits, and a listed digest be surely absent.
        for (var digests = 1; digests <= 2_000; digests++)
        {
            for (var part = 1UL; part < (ulong)parts; part++)
            {
                var first = part * ((1UL << 32) / (ulong)parts) << 32;
                var last = first - (1UL << 32);
                Assert.Equal(DigestPlace.Of(first, parts), DigestPlace.Of(last, parts) + 1);
                // In an empty filter, the same bits are found again in the same block only.
                var filter = new DigestFilter(digests, parts);
                filter.Add(last);
                Assert.False(filter.MayContain(first), $"{digests} digests, part {part}");
            }
        }
    }

    [Fact]
    public void Every_filter_kernel_says_the_same()
    {
        var random = new Random(7);
        var block = new uint[8];
        for (var i = 0; i < 10_000; i++)
        {
            var hash = (uint)random.NextInt64();
            if (i % 500 == 0) Array.Clear(block);
            if (i % 10 == 0) FilterKernels.Add(ref block[0], hash);
            var scalar = FilterKernels.Table.Single(kernel => kernel.Width == KernelWidth.Scalar).Run(in block[0], hash);
            Assert.All(FilterKernels.Table.Where(kernel => kernel.IsSupported), kernel => Assert.Equal(scalar, kernel.Run(in block[0], hash)));
            if (i % 10 == 0) Assert.True(scalar);
        }
    }

    private static HashIndex Build(params IEnumerable<ListEntry> entries)
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in entries) builder.Add(entry);
        return builder.Build();
    }

    private static int[] Find(HashIndex index, HashValue digest)
    {
        var hits = new List<IndexHit>();
        index.FindDigests([digest], hits);
        return [.. hits.Select(hit => hit.Entry)];
    }
}
