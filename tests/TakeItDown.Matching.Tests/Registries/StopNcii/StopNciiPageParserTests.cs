using System.Text;
using TakeItDown.Matching.Registries;
using TakeItDown.Matching.Registries.StopNcii;

namespace TakeItDown.Matching.Tests.Registries.StopNcii;

public sealed class StopNciiPageParserTests
{
    private static readonly string Pdq = SyncHost.Hex(HashKind.Pdq, 1), Md5 = SyncHost.Hex(HashKind.Md5, 1);

    private static readonly string Good = Record("VideoMD5", Md5, "Active", "5");

    [Fact]
    public void Reads_what_the_protocol_may_send()
    {
        var page = Parse("\ufeff" + Document(
            Record("ImagePDQ", Pdq.ToUpperInvariant(), "Received", "1625167804"),
            $$"""{"hashValue":"{{Md5}}","later":{"hashValue":"x","a":[1]},"signalType":"VideoMD5","hashStatus":"Withdrawn","lastModtimestamp":7}""",
            Record("VideoTMK", "anything", "Active", "1"),
            Record("URL", "anything", "Nothing we know", "\"x\"")));

        var entry = Assert.Single(page.Upserts);
        Assert.Equal((MediaKind.Image, DateTimeOffset.FromUnixTimeSeconds(1625167804), Pdq), (entry.Media, entry.Timestamp, Assert.Single(entry.Hashes).ToHexString()));
        Assert.Single(page.Removals);
        Assert.Equal((0, "t+oken", 99), (page.Rejected, page.NextToken, page.NextSet));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[[]]")]
    [InlineData("null")]
    [InlineData("""{"hashValue":"{md5}","hashStatus":"Active","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"Video\u004dD5","hashValue":"{md5}","hashStatus":"Withdrawn","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":["VideoMD5"],"hashValue":"{md5}","hashStatus":"Active","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"ImagePDQ","hashValue":"{md5}","hashStatus":"Active","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}00","hashStatus":"Active","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":{"x":"{md5}"},"hashStatus":"Active","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","hashStatus":"Unknown","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","hashStatus":"\ud800","lastModtimestamp":1}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","hashStatus":"Active"}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","hashStatus":"Active","lastModtimestamp":"1"}""")]
    [InlineData("""{"signalType":"VideoMD5","hashValue":"{md5}","hashStatus":"Active","lastModtimestamp":99999999999999999}""")]
    public void A_malformed_record_is_counted_and_the_rest_kept(string record)
    {
        var page = Parse(Document(record.Replace("{md5}", SyncHost.Hex(HashKind.Md5, 2), StringComparison.Ordinal), Good));

        Assert.Equal(Md5, Assert.Single(page.Upserts).Hashes[0].ToHexString());
        Assert.Equal((1, 0), (page.Rejected, page.Removals.Count));
    }

    [Theory]
    [InlineData("imagepdq", "ACTIVE")]
    [InlineData("IMAGEPDQ", "received")]
    public void Kinds_and_states_may_be_written_in_any_case(string type, string status) =>
        Assert.Equal(Pdq, Assert.Single(Parse(Document(Record(type, Pdq, status, "1"))).Upserts).Hashes[0].ToHexString());

    [Theory]
    [InlineData("base64==", "1")]
    [InlineData("{md5}", "\"2026-01-01\"")]
    public void A_page_that_is_malformed_for_the_most_part_is_malformed_as_a_whole(string hash, string time)
    {
        var bad = Record("VideoMD5", hash.Replace("{md5}", Md5, StringComparison.Ordinal), "Active", time);
        string Page(int bads, int goods) => Document([.. Enumerable.Repeat(bad, bads), .. Enumerable.Repeat(Good, goods)]);

        Assert.Equal(9, Parse(Page(9, 0)).Rejected);
        Assert.Equal(10, Parse(Page(10, 10)).Rejected);
        Assert.Throws<RegistryFormatException>(() => Parse(Page(10, 0)));
        Assert.Throws<RegistryFormatException>(() => Parse(Page(11, 10)));
    }

    [Fact]
    public void A_withdrawal_needs_no_time_and_is_never_lost()
    {
        var page = Parse(Document(Record("VideoMD5", Md5, "Deleted", "\"some day\""), Good));

        Assert.Empty(page.Upserts);
        Assert.Equal((1, 0), (page.Removals.Count, page.Rejected));
    }

    [Fact]
    public void Any_bytes_give_a_page_or_a_failure_of_the_parsers_own() =>
        AnyBytes.AroundAreHandled(Document(Good, Record("ImagePDQ", Pdq, "Withdrawn", "1")), document => StopNciiPageParser.Parse(document));

    [Fact]
    public void The_failures_text_quotes_nothing_of_the_document()
    {
        var error = Assert.Throws<RegistryFormatException>(() => Parse($$"""{"hashRecords":[{"hashValue":{{Pdq}}}]}"""));

        Assert.DoesNotContain(Pdq, error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static string Record(string type, string hash, string status, string time) =>
        $$"""{"lastModtimestamp":{{time}},"hashValue":"{{hash}}","hashStatus":"{{status}}","caseNumbers":{"x":"Active"},"signalType":"{{type}}","CSPFeedbacks":[{"tags":["a"]}]}""";

    private static string Document(params string[] records) =>
        $$"""{"count":{{records.Length}},"nextSetTimestamp":99,"nextPageToken":"t\u002Boken","hasMoreRecords":true,"unknown":[{}],"hashRecords":[{{string.Join(',', records)}}]}""";

    private static StopNciiPage Parse(string document) => StopNciiPageParser.Parse(Encoding.UTF8.GetBytes(document));
}
