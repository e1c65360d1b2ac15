using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Scanning;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>A list that takes a share of the traffic.</summary>
public class ListsTrafficTests
{
    [Fact]
    public void The_place_of_content_is_fixed_for_good()
    {
        // Worked out by hand: the first eight bytes of SHA-256 over the hash, as a fraction. Another place would move uploads in and out of shares.
        var hash = HashValue.FromBytes(HashKind.Md5, new byte[16]);
        var bytes = SHA256.HashData(new byte[16]);
        Assert.Equal("374708fff7719dd5", Convert.ToHexStringLower(bytes.AsSpan(0, 8)));
        Assert.Equal(0x374708fff7719dd5UL / Math.Pow(2, 64), ContentPosition.Of([hash]), 1e-15);
    }

    [Fact]
    public void Shares_are_what_they_say_and_places_depend_on_nothing_but_the_best_hash()
    {
        Prop.ForAll<int>(seed =>
        {
            var md5 = Hash(HashKind.Md5, seed);
            var sha256 = Hash(HashKind.Sha256, seed);
            var place = ContentPosition.Of([md5, Hash(HashKind.Pdq, seed), sha256]);
            return place is >= 0 and < 1 && place == ContentPosition.Of([sha256]) && place == ContentPosition.Of([sha256, md5]);
        }).QuickCheckThrowOnFailure();

        var places = Enumerable.Range(0, 10_000).Select(number => ContentPosition.Of([Hash(HashKind.Pdq, number)])).ToList();
        foreach (var share in (double[])[0.01, 0.1, 0.5, 0.9]) Assert.InRange(places.Count(place => place < share), (share * 10_000) - 150, (share * 10_000) + 150);
    }

    [Fact]
    public async Task Content_within_the_share_is_found_and_other_content_is_as_if_there_were_no_list()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:TrafficShare", "0.3"));
        var contents = Enumerable.Range(0, 40).Select(number => BitConverter.GetBytes(number)).ToArray();
        // The list itself holds MD5 only: what content is placed by is computed all the same.
        var md5 = new List<HashValue>();
        foreach (var content in contents) md5.Add((await host.HashAsync(content)).Digests.Single(digest => digest.Kind == HashKind.Md5));
        await host.SyncAsync("npo", [.. md5.Select((hash, number) => ListsHost.Entry($"{number}", hash))]);

        var found = await MatchesAsync(host, contents);
        Assert.Equal(contents.Select(content => ContentPosition.Of([Sha256(content)]) < 0.3), found);
        Assert.Contains(true, found);
        Assert.Contains(false, found);
        Assert.Equal(found, await MatchesAsync(host, contents));
        var outside = await host.ScanAsync(contents[found.IndexOf(false)]);
        Assert.Equal((Verdict.NoMatch, ScanReason.NoListInUse, HashKinds.None), (outside.Verdict, outside.Reason, outside.Checked));

        // The same content gets the same answer by its hashes.
        Assert.Equal(found, contents.Zip(md5, (content, hash) => host.Get<IContentScanner>().Scan([hash, Sha256(content)]).Verdict == Verdict.Match));

        host.Set("npo:TrafficShare", 0.6.ToString(CultureInfo.InvariantCulture));
        var more = await MatchesAsync(host, contents);
        Assert.True(more.Count(one => one) > found.Count(one => one));
        Assert.All(found.Zip(more), pair => Assert.True(!pair.First || pair.Second));
        host.Set("npo:TrafficShare", "1");
        Assert.DoesNotContain(false, await MatchesAsync(host, contents));
    }

    [Fact]
    public async Task A_list_that_is_never_synced_holds_back_its_share_only()
    {
        using var host = new ListsHost(["npo", "new"], configure: null, ("new:TrafficShare", "0.5"));
        await host.SyncAsync("npo", await host.EntryAsync("1", ListsHost.Picture("fractal.jpg")));

        foreach (var name in (string[])["landscape.jpg", "shapes.jpg", "swirl.jpg", "landscape-half.jpg", "shapes-gray.jpg", "landscape.png"])
        {
            var content = ListsHost.Picture(name);
            var isInside = ContentPosition.Of([Sha256(content)]) < 0.5;
            Assert.Equal(isInside ? Verdict.ListUnavailable : Verdict.NoMatch, (await host.ScanAsync(content)).Verdict);
        }
    }

    [Fact]
    public async Task A_decoded_picture_is_placed_by_its_hash()
    {
        using var host = new ListsHost(["npo"], configure: null, ("npo:TrafficShare", "0.5"));
        var pixels = new byte[64 * 64];
        for (var seed = 0; seed < 8; seed++)
        {
            new Random(seed).NextBytes(pixels);
            var hash = PdqHasher.Hash(new PixelBuffer(pixels, 64, 64, PixelFormat.Grey8)).Hash.ToValue();
            await host.SyncAsync("npo", ListsHost.Entry($"{seed}", hash));

            var result = host.Get<IContentScanner>().Scan(new PixelBuffer(pixels, 64, 64, PixelFormat.Grey8));
            Assert.Equal(ContentPosition.Of([hash]) < 0.5 ? Verdict.Match : Verdict.NoMatch, result.Verdict);
        }
    }

    private static async Task<List<bool>> MatchesAsync(ListsHost host, byte[][] contents)
    {
        var found = new List<bool>();
        foreach (var content in contents) found.Add((await host.ScanAsync(content)).Verdict == Verdict.Match);
        return found;
    }

    private static HashValue Sha256(byte[] content) => HashValue.FromBytes(HashKind.Sha256, SHA256.HashData(content));

    private static HashValue Hash(HashKind kind, int number) =>
        HashValue.FromBytes(kind, SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, kind.ByteLength()));
}
