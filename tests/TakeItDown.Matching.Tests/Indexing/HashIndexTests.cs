using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Indexing;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class HashIndexTests
{
    [Fact]
    public void An_empty_index_finds_nothing()
    {
        Assert.Equal(0, HashIndex.Empty.EntryCount);
        Assert.Equal(HashKinds.None, HashIndex.Empty.Kinds);
        var hits = new List<IndexHit>();
        HashIndex.Empty.FindDigests([Hashes.Digest(HashKind.Md5, 1)], hits);
        HashIndex.Empty.FindPdq([Hashes.RandomPdq(new Random(1))], 256, hits);
        HashIndex.Empty.FindPdq([], 31, hits);
        Assert.Empty(hits);
    }

    [Fact]
    public void One_entry_is_found_by_each_of_its_hashes()
    {
        var pdq = Hashes.RandomPdq(new Random(1));
        var index = Build(Hashes.Entry(5, Hashes.Digest(HashKind.Md5, 1), Hashes.Digest(HashKind.Sha1, 2), Hashes.Digest(HashKind.Sha256, 3), pdq.ToValue()));
        var hits = new List<IndexHit>();
        index.FindDigests([Hashes.Digest(HashKind.Md5, 1), Hashes.Digest(HashKind.Sha1, 2), Hashes.Digest(HashKind.Sha256, 3)], hits);
        index.FindPdq([Hashes.Flip(pdq, Enumerable.Range(0, 32)), Hashes.Flip(pdq, Enumerable.Range(0, 31))], 31, hits);
        Assert.Equal([new(0, 0, 0), new(0, 0, 1), new(0, 0, 2), new(0, 31, 1)], hits);
        Assert.Equal(HashKinds.All, index.Kinds);
        Assert.Equal(new IndexedEntry(new EntryKey("1", "5"), null, MediaKind.Image, 0), index.GetEntry(0));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    public void Any_distance_within_a_hash_is_allowed(int maximumDistance, int expected)
    {
        var pdq = Hashes.RandomPdq(new Random(1));
        var index = Build(Hashes.Entry(1, pdq.ToValue()), Hashes.Entry(2, Hashes.Flip(pdq, 0).ToValue()), Hashes.Entry(3, Hashes.Flip(pdq, Enumerable.Range(0, 256)).ToValue()));
        var hits = new List<IndexHit>();
        index.FindPdq([pdq], maximumDistance, hits);
        Assert.Equal(expected, hits.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    [InlineData(int.MinValue)]
    public void No_other_distance_is(int maximumDistance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HashIndex.Empty.FindPdq([default], maximumDistance, []));

    [Fact]
    public void What_would_match_by_accident_is_counted_and_left_out()
    {
        var plain = Hashes.Flip(default, Enumerable.Range(0, 79));
        HashValue[] degenerate =
        [
            default(PdqHash).ToValue(), Hashes.Flip(default, Enumerable.Range(0, 256)).ToValue(), plain.ToValue(),
            Hashes.Flip(plain, Enumerable.Range(0, 256)).ToValue(), default,
            HashValue.FromBytes(HashKind.Md5, new byte[16]), HashValue.FromBytes(HashKind.Sha1, new byte[20]), HashValue.FromBytes(HashKind.Sha256, new byte[32]),
            OfNothing(HashKind.Md5, HashAlgorithmName.MD5), OfNothing(HashKind.Sha1, HashAlgorithmName.SHA1), OfNothing(HashKind.Sha256, HashAlgorithmName.SHA256),
        ];
        var index = Build(Hashes.Entry(1, degenerate), Hashes.Entry(2, Hashes.Flip(plain, 79).ToValue()));
        Assert.Equal(degenerate.Length, index.RejectedHashes);
        Assert.Equal(2, index.EntryCount);
        Assert.Equal(HashKinds.Pdq, index.Kinds);
        var hits = new List<IndexHit>();
        index.FindDigests(degenerate, hits);
        index.FindPdq([plain], 256, hits);
        Assert.Equal([new IndexHit(1, 1)], hits);

        static HashValue OfNothing(HashKind kind, HashAlgorithmName algorithm)
        {
            using var hash = IncrementalHash.CreateHash(algorithm);
            return HashValue.FromBytes(kind, hash.GetCurrentHash());
        }
    }

    [Fact]
    public void The_hash_of_a_blank_picture_is_left_out_whichever_way_up()
    {
        var lines = File.ReadAllLines(TestData.Fixture("pdq-reference.tsv")).Select(line => line.Split('\t')).ToArray();
        var index = Build(Hashes.Entry(1, [.. lines.Single(line => line[0] == "blank.jpg")[4..].Select(Parse)]));
        Assert.Equal(8, index.RejectedHashes);
        index = Build(Hashes.Entry(1, [.. lines.Skip(1).Where(line => line[3] == "100").SelectMany(line => line[4..].Select(Parse))]));
        Assert.Equal(0, index.RejectedHashes);

        static HashValue Parse(string hex) => HashValue.TryParse(HashKind.Pdq, hex, out var hash) ? hash : throw new InvalidDataException();
    }

    [Fact]
    public void Every_entry_comes_back_as_it_was() =>
        Prop.ForAll(Entries().ToArbitrary(), entries =>
        {
            var index = Build(entries.Select(entry => new ListEntry { Key = entry.Key, Classification = entry.Classification, Media = entry.Media, Hashes = [] }));
            Assert.Equal(entries, Enumerable.Range(0, index.EntryCount).Select(index.GetEntry));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cancelling_ends_a_build()
    {
        var builder = new HashIndexBuilder();
        builder.Add(Hashes.Entry(1, Hashes.Digest(HashKind.Md5, 1)));
        Assert.Throws<OperationCanceledException>(() => builder.Build(cancellationToken: new CancellationToken(canceled: true)));
    }

    private static Gen<IndexedEntry[]> Entries()
    {
        var id = Gen.OneOf(
            Gen.Elements("", "0", "00", "007", "7", "+7", "-7", " 7", "7 ", "7\0", "9223372036854775807", "9223372036854775808", "٣", "naïve 名前 🙂"),
            Gen.Choose(0, int.MaxValue).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ArbMap.Default.GeneratorFor<Guid>().Select(guid => guid.ToString()));
        var entry = from name in id
                    from member in Gen.Elements("1", "42", "forty-two")
                    from classification in Gen.Elements(null, "", "A1", "B2")
                    from media in Gen.Elements(MediaKind.Image, MediaKind.Video)
                    select new IndexedEntry(new EntryKey(member, name), classification, media, 0);
        return entry.ArrayOf();
    }

    private static HashIndex Build(params IEnumerable<ListEntry> entries)
    {
        var builder = new HashIndexBuilder();
        foreach (var entry in entries) builder.Add(entry);
        return builder.Build();
    }
}
