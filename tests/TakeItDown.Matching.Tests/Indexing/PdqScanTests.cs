using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Indexing.Pdq;
using TakeItDown.Matching.Kernels;

namespace TakeItDown.Matching.Tests.Indexing;

public sealed class PdqScanTests
{
    public static TheoryData<string> Widths => [.. PdqScans.Table.Select(kernel => kernel.Width.ToString())];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_kernel_finds_what_counting_bits_finds(string width)
    {
        var scan = Find(width);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 256).ToArbitrary(), (seed, maximum) =>
        {
            var random = new Random(seed);
            var query = Hashes.RandomPdq(random);
            var codes = Enumerable.Range(0, random.Next(40))
                .Select(_ => Hashes.Flip(query, Hashes.RandomBits(random, Math.Clamp(maximum + random.Next(-2, 3), 0, 256)))).ToArray();
            var expected = Enumerable.Range(0, codes.Length).Where(i => codes[i].DistanceTo(query) <= maximum);
            var found = new int[codes.Length];
            Assert.Equal(expected, found[..scan(codes, query, maximum, found)]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_kernel_tells_neighbouring_distances_apart(string width)
    {
        var scan = Find(width);
        var random = new Random(5);
        var query = Hashes.RandomPdq(random);
        var codes = Enumerable.Range(0, 257).Select(distance => Hashes.Flip(query, Hashes.RandomBits(random, distance))).ToArray();
        var found = new int[codes.Length];
        foreach (var maximum in Enumerable.Range(0, 257)) Assert.Equal(maximum + 1, scan(codes, query, maximum, found));
    }

    private static PdqScan Find(string width)
    {
        var kernel = PdqScans.Table.Single(kernel => kernel.Width == Enum.Parse<KernelWidth>(width));
        Assert.SkipUnless(kernel.IsSupported, "This processor has no such registers.");
        return kernel.Run;
    }
}
