using TakeItDown.Matching.Tests.Videos;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Hashes that a caller computed are judged as the content that they are of.</summary>
public class HashScanTests
{
    private static readonly PdqHash[] Listed = Random(1, 10);
    private static readonly PdqHash[] Other = Random(2, 20);

    [Theory]
    [InlineData(1, 9, false)]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, true)]
    [InlineData(7, 20, false)]
    [InlineData(8, 20, true)]
    [InlineData(1, 0, true)]
    public async Task A_listed_video_is_found_by_its_share(int listed, int others, bool isMatch)
    {
        await using var host = new VideoHost();
        host.List("video", MediaKind.Video, Listed);
        var result = Scan(host, [.. Other[..others], .. Listed[..listed]]);
        Assert.Equal((isMatch ? Verdict.Match : Verdict.NoMatch, ScanReason.None, HashKinds.Pdq), (result.Verdict, result.Reason, result.Checked));
        if (!isMatch) return;
        var match = Assert.Single(result.Matches);
        Assert.Equal(("video", 0, null, null, null), (match.Entry, match.Distance, match.Quality, match.Orientation, match.FrameTime));
        Assert.Equal((listed / 10.0, (double)listed / (others + listed)), (match.ListedShare, match.QueryShare));
    }

    [Fact]
    public async Task A_frame_that_comes_again_counts_once()
    {
        await using var host = new VideoHost();
        host.List("video", MediaKind.Video, Listed);
        Assert.Equal(Verdict.NoMatch, Scan(host, [Listed[0], Listed[0], Listed[0], Listed[0], Other[0]]).Verdict);
    }

    [Fact]
    public async Task A_listed_picture_is_found_by_one_hash_among_many()
    {
        await using var host = new VideoHost();
        host.List("picture", MediaKind.Image, [Listed[3]]);
        var match = Assert.Single(Scan(host, [.. Other, .. Listed]).Matches);
        Assert.Equal(("picture", null, null), (match.Entry, match.ListedShare, match.FrameTime));
    }

    private static ScanResult Scan(VideoHost host, IEnumerable<PdqHash> hashes) => host.Get<IContentScanner>().Scan([.. hashes.Select(hash => hash.ToValue())]);

    private static PdqHash[] Random(int seed, int count)
    {
        var random = new Random(seed);
        var bytes = new byte[32];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return PdqHash.FromBytes(bytes);
        })];
    }
}
