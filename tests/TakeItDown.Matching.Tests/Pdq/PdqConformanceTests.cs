namespace TakeItDown.Matching.Tests.Pdq;

/// <summary>From the reference's pixels, exactly the reference's hashes.</summary>
public class PdqConformanceTests
{
    [Fact]
    public void Same_pixels_give_the_same_bits_in_all_eight_variants()
    {
        var reference = ReferenceTable.Read(TestData.Conformance("pdq/reference.tsv")).ToDictionary(row => row.File);
        var files = Directory.GetFiles(TestData.Conformance("pdq/bytes"));
        Assert.Equal(18, files.Length);

        var hashes = new PdqHash[PdqHasher.DihedralCount];
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var row = reference[name[..name.IndexOf(".p", name.IndexOf('.') + 1, StringComparison.Ordinal)]];
            var picture = NetpbmFile.Read(file);

            var result = PdqHasher.Hash(picture.Buffer);
            var quality = PdqHasher.HashDihedral(picture.Buffer, hashes);

            Assert.True(row.Hash == result.Hash, $"{name}: {row.Hash.DistanceTo(result.Hash)} bits away");
            Assert.Equal(row.Quality, result.Quality);
            Assert.Equal(row.Quality, quality);
            Assert.True(row.Dihedral.SequenceEqual(hashes), $"{name}: " + string.Join(' ', row.Dihedral.Zip(hashes, (a, b) => a.DistanceTo(b))));
        }
    }
}
