using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.Tests.Pictures;

/// <summary>From the files, close to the reference: decoders differ in the last bit of a pixel, and the hash may with them.</summary>
public class PictureDistanceTests(ITestOutputHelper output)
{
    // What the project that published PDQ asks of an implementation, and what this one reaches on average.
    private const int MaximumDistance = 10;
    private const double MaximumMean = 1.5;
    private const int CertainQuality = 80;

    [Fact]
    public Task Fixtures_are_close_to_the_reference() => CompareAsync(TestData.Fixture("images"), TestData.Fixture("pdq-reference.tsv"));

    [Fact]
    public Task Photographs_are_close_to_the_reference() => CompareAsync(TestData.Conformance("pdq/images"), TestData.Conformance("pdq/reference.tsv"));

    private async Task CompareAsync(string folder, string table)
    {
        await using var services = new ServiceCollection().AddTakeItDownMatching().Services.BuildServiceProvider();
        var hasher = services.GetRequiredService<IContentHasher>();
        var distances = new List<int>();
        var failures = new List<string>();
        foreach (var row in ReferenceTable.Read(table))
        {
            await using var file = File.OpenRead(Path.Combine(folder, row.File));
            var hashes = await hasher.HashAsync(file, TestContext.Current.CancellationToken);
            var distance = hashes.Pdq?.Hash.DistanceTo(row.Hash);
            output.WriteLine($"{row.File,-36} quality {row.Quality,3} here {hashes.Pdq?.Quality,3}  distance {distance,3} {hashes.Reason}");
            if (row.Quality < CertainQuality) continue;
            if (distance is null or > MaximumDistance) failures.Add(row.File);
            else distances.Add(distance.Value);
        }
        output.WriteLine($"{distances.Count} pictures of quality {CertainQuality} and more: mean {distances.Average():0.00}, worst {distances.Max()}");
        Assert.Empty(failures);
        Assert.True(distances.Average() <= MaximumMean);
    }
}
