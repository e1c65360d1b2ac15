using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Hashes that a person judged wrong: they match nothing, whichever entries carry them.</summary>
public class ListsSuppressedHashTests
{
    private static readonly byte[] Landscape = ListsHost.Picture("landscape.jpg");
    private static readonly byte[] LandscapeAgain = ListsHost.Picture("landscape-q40.jpg");

    [Fact]
    public async Task Each_kind_of_hash_is_suppressed_alone_and_on_its_list_alone()
    {
        using var host = new ListsHost(["npo", "other"]);
        var entry = await host.EntryAsync("1", Landscape);
        await host.SyncAsync("npo", entry, ListsHost.Entry("twin", [.. entry.Hashes]));
        await host.SyncAsync("other", entry);

        foreach (var wrong in entry.Hashes)
        {
            host.Set("npo:SuppressedHashes:0", Text(wrong));
            host.Validate();
            var matches = (await host.ScanAsync(Landscape, all: true)).Matches;
            foreach (var id in (string[])["1", "twin"])
                Assert.Equal(entry.Hashes.Select(hash => hash.Kind).Where(kind => kind != wrong.Kind), matches.Where(match => (match.List, match.Entry) == ("npo", id)).Select(match => match.Kind).Order());
            Assert.Contains(matches, match => match.List == "other" && match.Kind == wrong.Kind);
        }
    }

    [Fact]
    public async Task A_hash_can_be_suppressed_and_restored_while_the_host_runs()
    {
        using var host = new ListsHost(["npo"]);
        var entry = await host.EntryAsync("1", Landscape);
        await host.SyncAsync("npo", entry);
        Assert.Equal(HashKind.Pdq, (await host.ScanAsync(LandscapeAgain)).Matches[0].Kind);

        // In capitals it is the same hash; and the upload's own is another than the listed one.
        host.Set("npo:SuppressedHashes:0", "PDQ:" + entry.Hashes[^1].ToHexString().ToUpperInvariant());
        Assert.Equal(Verdict.NoMatch, (await host.ScanAsync(LandscapeAgain)).Verdict);
        host.Set("npo:SuppressedHashes:0", Text((await host.HashAsync(LandscapeAgain)).Pdq!.Value.Hash.ToValue()));
        Assert.Equal(Verdict.Match, (await host.ScanAsync(LandscapeAgain)).Verdict);
    }

    [Theory]
    [InlineData("7c0ffee7c0ffee7c0ffee7c0ffee7c0f")]
    [InlineData("md5:7c0ffee7c0ffee7c0ffee7c0ffee7c0")]
    [InlineData("md5:7c0ffee7c0ffee7c0ffee7c0ffee7c0g")]
    [InlineData("sha1:7c0ffee7c0ffee7c0ffee7c0ffee7c0f")]
    [InlineData("md4:7c0ffee7c0ffee7c0ffee7c0ffee7c0f")]
    [InlineData("7c0ffee7c0ffee7c0ffee7c0ffee7c0f:md5")]
    [InlineData("")]
    public async Task A_slip_is_refused_by_its_place_and_never_repeated(string slip)
    {
        const string Right = "md5:0123456789abcdef0123456789abcdef";
        using var host = new ListsHost(["npo"], configure: null, ("npo:SuppressedHashes:0", Right), ("npo:SuppressedHashes:1", slip));
        var refusal = Assert.Throws<OptionsValidationException>(host.Validate).ToString();
        Assert.Contains("List 'npo': SuppressedHashes:1", refusal, StringComparison.Ordinal);
        AssertSilent(refusal);

        // While the host runs, what held before goes on to hold.
        using var running = new ListsHost(["npo"], configure: null, ("npo:SuppressedHashes:0", Right));
        await running.SyncAsync("npo", ListsHost.Entry("1", Hash(Right)));
        Assert.Equal(Verdict.NoMatch, running.Get<IContentScanner>().Scan([Hash(Right)]).Verdict);
        AssertSilent(Assert.ThrowsAny<Exception>(() => running.Set("npo:SuppressedHashes:1", slip)).ToString());
        Assert.Equal(Verdict.NoMatch, running.Get<IContentScanner>().Scan([Hash(Right)]).Verdict);
        var logs = running.Logs.GetSnapshot();
        Assert.Contains(logs, record => record.Id.Id == 200);
        Assert.All(logs, record => AssertSilent($"{record.Message} {record.Exception}"));

        static void AssertSilent(string text)
        {
            Assert.DoesNotContain("7c0ffee", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("0123456789", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Of_what_is_near_an_upload_everything_is_found_but_what_is_suppressed()
    {
        using var host = new ListsHost(["npo"]);
        var upload = new PdqHash(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, 0x0F1E_2D3C_4B5A_6978, 0x8796_A5B4_C3D2_E1F0);
        // Listed hashes 0 to 39 bits from the upload, each carried by two entries; those from 32 on are too far.
        var listed = Enumerable.Range(0, 40).Select(distance => Turn(upload, distance).ToValue()).ToArray();
        await host.SyncAsync("npo", [.. listed.SelectMany((hash, i) => new[] { ListsHost.Entry($"{i}", hash), ListsHost.Entry($"{i}b", hash) })]);

        Prop.ForAll(Gen.Elements(Enumerable.Range(0, 40)).ListOf().ToArbitrary(), suppressed =>
        {
            // A place that was set stays; the last of the hashes is too far anyway.
            host.Set([.. Enumerable.Range(0, 100).Select(i => ($"npo:SuppressedHashes:{i}", (string?)Text(listed[i < suppressed.Count ? suppressed[i] : 39])))]);
            var found = host.Get<IContentScanner>().Scan([upload.ToValue()], new ScanOptions { StopAtFirstMatch = false }).Matches;
            var expected = Enumerable.Range(0, 32).Except(suppressed).SelectMany(i => new[] { ($"{i}", i), ($"{i}b", i) });
            return found.Select(match => (match.Entry, match.Distance)).ToHashSet().SetEquals(expected);
        }).QuickCheckThrowOnFailure();
    }

    private static string Text(HashValue hash) => $"{hash.Kind.ToName()}:{hash.ToHexString()}";

    private static HashValue Hash(string text) => HashValue.TryParse(HashKind.Md5, text.AsSpan(4), out var hash) ? hash : default;

    private static PdqHash Turn(PdqHash hash, int bits)
    {
        var (word0, word1, word2, word3) = hash;
        return new PdqHash(word0 ^ ((1UL << bits) - 1), word1, word2, word3);
    }
}
