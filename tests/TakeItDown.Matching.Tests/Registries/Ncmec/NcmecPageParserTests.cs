using System.Text;
using TakeItDown.Matching.Registries;
using TakeItDown.Matching.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

public sealed class NcmecPageParserTests
{
    private static readonly string Md5 = SyncHost.Hex(HashKind.Md5, 1), Pdq = SyncHost.Hex(HashKind.Pdq, 1);

    [Fact]
    public void Reads_what_the_protocol_may_send()
    {
        var page = Parse($"""
            <images count="2" maxTimestamp="2026-01-01T00:00:00Z">
              <image>
                <member id="42">Take It Down &amp; others</member>
                <timestamp>2026-01-01T01:00:00+01:00</timestamp>
                <id> one </id>
                <classification>A1</classification>
                <fingerprints>
                  <md5>{Md5.ToUpperInvariant()}</md5>
                  <pdna>AAAA</pdna>
                  <pdq>
                    {Pdq}
                  </pdq>
                  <md5><![CDATA[{SyncHost.Hex(HashKind.Md5, 2)}]]></md5>
                  <videntifier rel="self" href="/v2/entries/42/one/VIDENTIFIER"/>
                  <pdq rel="self" href="/v2/entries/42/one/PDQ"/>
                </fingerprints>
                <feedback lastUpdateTimestamp="2026-01-01T00:00:00Z"><negativeFeedback type="MD5"><reasons><reason guid="x"/></reasons></negativeFeedback></feedback>
                <later><md5>not one of ours</md5></later>
              </image>
              <deletedImage><id>two</id><timestamp>2026-01-01T00:00:00Z</timestamp><member id="42"/></deletedImage>
            </images>
            <audios><audio><id>x</id></audio></audios>
            <x:images xmlns:x="urn:else"><x:image/></x:images>
            <paging><next>/v2/entries?from=a&amp;to=b&amp;start=3</next></paging>
            """);

        var entry = Assert.Single(page.Upserts);
        Assert.Equal(new EntryKey("42", "one"), entry.Key);
        Assert.Equal(("A1", MediaKind.Image), (entry.Classification, entry.Media));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), entry.Timestamp);
        Assert.Equal([Md5, Pdq, SyncHost.Hex(HashKind.Md5, 2)], entry.Hashes.Select(hash => hash.ToHexString()));
        Assert.Equal([new ListRemoval(new EntryKey("42", "two"), entry.Timestamp)], page.Removals);
        Assert.Equal((0, "/v2/entries?from=a&to=b&start=3"), (page.Rejected, page.Next));
    }

    [Theory]
    [InlineData("<timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><md5>{0}</md5></fingerprints>")]
    [InlineData("<member id=''/><timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><md5>{0}</md5></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>yesterday</timestamp><id>x</id><fingerprints><md5>{0}</md5></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>2026-01-01T00:00:00Z</timestamp><id> </id><fingerprints><md5>{0}</md5></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><md5>{0}00</md5></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><pdq>zz</pdq></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><md5/></fingerprints>")]
    public void A_malformed_entry_is_counted_and_the_rest_kept(string content)
    {
        var bad = $"<image>{string.Format(null, content, Md5)}</image>";
        var page = Parse($"<images>{bad}{Image("good")}</images><videos>{bad.Replace("image", "video")}</videos>");

        Assert.Equal("good", Assert.Single(page.Upserts).Key.Id);
        Assert.Equal(2, page.Rejected);
        Assert.Empty(page.Removals);
    }

    [Theory]
    [InlineData(" count='3'", 3)]
    [InlineData("", 1)]
    public void Records_of_a_new_kind_count_where_the_registry_counts_them(string count, int records) =>
        Assert.Equal(records, Parse($"<images{count}>{Image("x")}<hologram/><note/><note/></images>").Records);

    [Fact]
    public void A_malformed_hash_is_counted_and_the_entrys_others_kept()
    {
        var page = Parse($"<images>{Image("x", "<pdq>zz</pdq>")}</images>");

        Assert.Equal(Md5, Assert.Single(Assert.Single(page.Upserts).Hashes).ToHexString());
        Assert.Equal(1, page.Rejected);
    }

    [Theory]
    [InlineData("<member id='42'/><timestamp>01/02/2026</timestamp><id>x</id><fingerprints><md5>{0}</md5></fingerprints>")]
    [InlineData("<member id='42'/><timestamp>2026-01-01T00:00:00Z</timestamp><id>x</id><fingerprints><md5>base64==</md5><pdq>base64==</pdq></fingerprints>")]
    public void A_page_that_is_malformed_for_the_most_part_is_malformed_as_a_whole(string content)
    {
        var bad = $"<image>{string.Format(null, content, Md5)}</image>";
        string Page(int bads, int goods) => $"<images>{string.Concat(Enumerable.Repeat(bad, bads))}</images><videos>{string.Concat(Enumerable.Repeat("<deletedVideo><member id='1'/><id>x</id></deletedVideo>", goods))}</videos>";

        Assert.Equal(9, Parse(Page(9, 0)).Rejected);
        Assert.Equal(10, Parse(Page(10, 10)).Rejected);
        Assert.Throws<RegistryFormatException>(() => Parse(Page(10, 0)));
        Assert.Throws<RegistryFormatException>(() => Parse(Page(11, 10)));
    }

    [Fact]
    public void Entries_that_lost_some_of_their_hashes_make_no_page_malformed_as_a_whole()
    {
        var page = Parse($"<images>{string.Concat(Enumerable.Range(0, 20).Select(i => Image($"{i}", "<pdq>zz</pdq>")))}</images>");

        Assert.Equal((20, 20), (page.Upserts.Count, page.Rejected));
    }

    [Fact]
    public void A_text_that_is_far_too_long_is_malformed()
    {
        var page = Parse($"<images>{Image(new string('x', 5000))}{Image("y", $"<md5>{Md5}{new string(' ', 5000)}</md5>")}</images>");

        Assert.Equal("y", Assert.Single(page.Upserts).Key.Id);
        Assert.Equal(2, page.Rejected);
    }

    [Theory]
    [InlineData("2026-01-01T00:00:01Z", true)]
    [InlineData("2026-01-03T00:00:00Z", false)]
    [InlineData("some day", false)]
    public void Of_a_key_that_comes_twice_the_later_state_counts_and_a_withdrawal_is_never_lost(string withdrawn, bool isLive)
    {
        var tombstone = $"<deletedImage><member id='42'/><id>x</id><timestamp>{withdrawn}</timestamp></deletedImage>";

        var before = Parse($"<images>{tombstone}{Image("x")}</images>");
        var after = Parse($"<images>{Image("x")}{tombstone}</images>");

        Assert.Equal(isLive, before.Upserts.Count == 1);
        Assert.Equal(isLive, after.Upserts.Count == 1);
        Assert.Equal(!isLive, before.Removals.Count == 1);
    }

    [Fact]
    public void Members_and_classifications_are_held_once()
    {
        var entries = Parse($"<images>{Image("x")}{Image("y")}</images>").Upserts;

        Assert.Same(entries[0].Key.Member, entries[1].Key.Member);
        Assert.Same(entries[0].Classification, entries[1].Classification);
    }

    [Fact]
    public void Any_bytes_give_a_page_or_a_failure_of_the_parsers_own() => AnyBytes.AroundAreHandled(
        FakeRegistry.Document($"<images>{Image("x")}<deletedImage><member id='1'/><id>z</id></deletedImage></images><paging><next>/a</next></paging>"), document => Parse(document));

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("ucs-4")]
    [InlineData("ibm437")]
    [InlineData("no-such-encoding")]
    public void Any_encoding_gives_a_page_or_a_failure_of_the_parsers_own(string encoding) => AnyBytes.AreHandled(
        Encoding.Latin1.GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?><queryResult xmlns=\"{FakeRegistry.Namespace}\">\u00ff</queryResult>"), document => Parse(document));

    /// <summary>What an XML reader would hold as a whole, or compare with all of its like.</summary>
    public static TheoryData<string, string> Bombs { get; } = new()
    {
        { $"<images{string.Concat(Enumerable.Range(0, 5000).Select(i => $" a{i}='{new string('x', 300)}'"))}/>", "far too long" },
        { $"<images a='{new string('>', 2 << 20)}'/>", "far too long" },
        { $"<{new string('x', 2 << 20)}/>", "far too long" },
        { $"<images{new string(' ', 2 << 20)}/>", "far too long" },
        { string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<a{i}/>")), "far too many names" },
        { $"<images {string.Concat(Enumerable.Range(0, 20_000).Select(i => $" a{i}=''"))}/>", "far too many names" },
    };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void What_would_take_a_multiple_of_its_size_is_refused(string content, string reason) =>
        Assert.Contains(reason, Assert.Throws<RegistryFormatException>(() => Parse(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_text_that_is_not_asked_for_is_passed_over() =>
        Assert.Single(Parse($"<images>{Image("x", $"<later>{new string('x', 1_000_000)}</later>")}</images>").Upserts);

    [Fact]
    public void A_document_is_UTF_8_with_or_without_a_mark()
    {
        var document = FakeRegistry.Document($"<images>{Image("x")}</images>");

        Assert.Single(Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(document)]).Upserts);
        Assert.Throws<RegistryFormatException>(() => Parse(Encoding.UTF8.GetBytes(document.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal))));
        Assert.Throws<RegistryFormatException>(() => Parse([0, (byte)' ', .. Encoding.UTF8.GetBytes(document)]));
        Assert.Throws<RegistryFormatException>(() => Parse([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(document.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))]));
    }

    [Fact]
    public void The_failures_text_quotes_nothing_of_the_document()
    {
        var error = Assert.Throws<RegistryFormatException>(() => Parse($"<images><{Md5}</images>"));

        Assert.DoesNotContain(Md5, error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Image(string id, string hashes = "") =>
        $"<image><member id='42'>A</member><timestamp>2026-01-02T00:00:00.5Z</timestamp><id>{id}</id><classification>B2</classification><fingerprints><md5>{Md5}</md5>{hashes}</fingerprints></image>";

    private static NcmecPage Parse(string content) => Parse(Encoding.UTF8.GetBytes(FakeRegistry.Document(content)));

    private static NcmecPage Parse(byte[] document) => NcmecPageParser.Parse(document, new NcmecFilter(new NcmecRegistryOptions { Root = new Uri("https://registry.example/npo") }));
}
