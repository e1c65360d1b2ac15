using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class SubmissionTests
{
    private static readonly string Md5 = new('a', 32), Sha1 = new('b', 40), Sha256 = new('c', 64), Pdq = new('d', 64);

    public static TheoryData<string, string> Refused => new()
    {
        { "", "The submission is not in the form" },
        { "null", "The submission is empty" },
        { "[]", "The submission is not in the form" },
        { "{}", "The submission is not in the form" },
        { """{"items":null}""", "The submission is not in the form" },
        { """{"items":[]}""", "1 to 100 items" },
        { """{"items":[null]}""", "Item 1: media must be" },
        { """{"items":[{"media":"image"}]}""", "The submission is not in the form" },
        { """{"items":[{"media":"image","hashes":[]}]}""", "Item 1: it has no hashes" },
        { """{"items":[{"media":"image","hashes":[null]}]}""", "Item 1: the kind of a hash" },
        { """{"items":[{"media":"Image","hashes":[]}]}""", "Item 1: media must be" },
        { Items(Item("audio", Hash("md5", Md5))), "Item 1: media must be" },
        { Items(Item("image", Hash("crc", Md5))), "Item 1: the kind of a hash" },
        { Items(Item("image", Hash("MD5", Md5))), "Item 1: the kind of a hash" },
        { Items(Item("image", Hash("md5", Sha1))), "a md5 must be 32 hexadecimal digits" },
        { Items(Item("image", Hash("sha1", Md5))), "a sha1 must be 40" },
        { Items(Item("image", Hash("sha256", Md5))), "a sha256 must be 64" },
        { Items(Item("image", Hash("pdq", Pdq + "0"))), "a pdq must be 64" },
        { Items(Item("image", Hash("md5", Md5[1..] + "g"))), "a md5 must be 32" },
        { Items(Item("image", Hash("md5", ""))), "a md5 must be 32" },
        { Items(Item("image", Hash("md5", Md5), Hash("md5", Md5))), "more than 1 md5" },
        { Items(Item("video", Hash("sha256", Sha256), Hash("sha256", Sha256))), "more than 1 sha256" },
        { Items(Item("image", [.. Enumerable.Repeat(Hash("pdq", Pdq), 9)])), "more than 8 pdq" },
        { Items(Item("video", [.. Enumerable.Repeat(Hash("pdq", Pdq), 3601)])), "more than 3600 pdq" },
        { Items(Item("image", Hash("md5", Md5, ",\"quality\":80"))), "only a pdq has a quality" },
        { Items(Item("image", Hash("pdq", Pdq, ",\"quality\":101"))), "from 0 to 100" },
        { Items(Item("image", Hash("pdq", Pdq, ",\"quality\":-1"))), "from 0 to 100" },
        { Items(Item("image", Hash("pdq", Pdq, ",\"quality\":80.5"))), "The submission is not in the form" },
        { Items(Item("image", Hash("md5", Md5), Hash("pdq", Pdq, ",\"quality\":49"))), "quality under 50" },
        { Items(Item("image", Hash("md5", Md5, ",\"note\":1"))), "The submission is not in the form" },
        { Items(Item("image", Hash("md5", Md5, ",\"kind\":\"md5\""))), "The submission is not in the form" },
        { """{"items":[],"name":"someone"}""", "The submission is not in the form" },
        { Items([.. Enumerable.Repeat(Item("image", Hash("md5", Md5)), 101)]), "1 to 100 items" },
        { Items(Item("image", Hash("md5", Md5)), Item("image", Hash("md5", "short"))), "Item 2: a md5" },
        { Items(Item("image", Hash("md5", Md5))) + "x", "The submission is not in the form" },
        { new string('[', 100), "The submission is not in the form" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_breaks_a_rule_is_refused_with_a_sentence_and_nothing_is_stored(string body, string sentence)
    {
        await using var registry = await StartAsync();
        using var response = await registry.Http.PostAsync("/api/submissions", Json(body));
        var detail = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains(sentence, detail);
        Assert.EndsWith(".", detail);
        Assert.DoesNotContain(Md5, detail);
        registry.Clock.Now = Start.AddSeconds(10);
        Assert.Empty(await registry.EntriesAsync());
    }

    [Fact]
    public async Task A_submission_at_every_limit_is_taken()
    {
        await using var registry = await StartAsync();
        var digests = new[] { Hash("md5", Md5), Hash("sha1", Sha1), Hash("sha256", Sha256.ToUpperInvariant()) };
        var image = Item("image", [.. digests, .. Enumerable.Range(0, 8).Select(i => Hash("pdq", Samples.Pdq($"{i}").ToHexString(), ",\"quality\":50"))]);
        var video = Item("video", [.. digests, .. Enumerable.Range(0, 3600).Select(i => Hash("pdq", Samples.Pdq($"{i}").ToHexString(), ",\"quality\":100"))]);
        await registry.SubmitAsync([video, .. Enumerable.Repeat(image, 99)]);

        registry.Clock.Now = Start.AddSeconds(10);
        var entries = await registry.EntriesAsync();
        Assert.Equal([11, 3603], entries.Select(entry => entry.Element(Ns + "fingerprints")!.Elements().Count()).Distinct());
        Assert.Equal(100, entries.Count);
        Assert.Equal(Sha256, entries[0].Descendants(Ns + "sha256").Single().Value);
    }

    [Fact]
    public async Task A_frame_that_comes_again_is_listed_once()
    {
        await using var registry = await StartAsync();
        await registry.SubmitAsync(Item("video", Hash("pdq", Pdq), Hash("pdq", Pdq.ToUpperInvariant()), Hash("sha1", Sha1)));
        registry.Clock.Now = Start.AddSeconds(10);
        Assert.Equal([Pdq, Sha1], (await registry.EntriesAsync()).Elements(Ns + "fingerprints").Elements().Select(one => one.Value));
    }

    [Fact]
    public async Task The_answer_is_a_case_number_and_a_secret()
    {
        await using var registry = await StartAsync();
        using var response = await registry.Http.PostAsync("/api/submissions", Json(Items(Samples.ImageJson("one"), Samples.VideoJson("two"))));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(["case", "secret", "items"], body.RootElement.EnumerateObject().Select(one => one.Name));
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$", body.RootElement.GetProperty("case").GetString());
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){7}$", body.RootElement.GetProperty("secret").GetString());
        Assert.Equal(2, body.RootElement.GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        await using var registry = await StartAsync();
        var tooLong = new string(' ', 8 * 1024 * 1024) + Items(Samples.ImageJson("one"));
        using var announced = await registry.Http.PostAsync("/api/submissions", Json(tooLong));
        Assert.Contains("8 MB", await ProblemAsync(announced, HttpStatusCode.RequestEntityTooLarge));

        // Who does not announce the length is cut off on the way, and may or may not hear why.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/submissions") { Content = Json(tooLong) };
        chunked.Headers.TransferEncodingChunked = true;
        try
        {
            using var unannounced = await registry.Http.SendAsync(chunked);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unannounced.StatusCode);
        }
        catch (HttpRequestException)
        {
        }
        registry.Clock.Now = Start.AddSeconds(10);
        Assert.Empty(await registry.EntriesAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Only_json_is_taken(string type)
    {
        await using var registry = await StartAsync();
        using var content = new StringContent(Items(Samples.ImageJson("one")), Encoding.UTF8, type);
        using var response = await registry.Http.PostAsync("/api/submissions", content);
        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("--Registry:SubmissionsPerMinute", false)]
    [InlineData("--Registry:LookupsPerMinute", true)]
    public async Task Too_many_requests_are_told_to_wait(string setting, bool lookups)
    {
        await using var registry = await StartAsync(setting, "3");
        for (var i = 0; i < 3; i++)
        {
            using var served = await SendAsync();
            Assert.NotEqual(HttpStatusCode.TooManyRequests, served.StatusCode);
        }
        using var refused = await SendAsync();
        Assert.Contains("Wait", await ProblemAsync(refused, HttpStatusCode.TooManyRequests));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Empty((await registry.XmlAsync("/v2/entries")).Descendants(Ns + "next")); // members are not held back
        registry.Clock.Now += TimeSpan.FromDays(1); // a new day, a new key: the old token is forgotten
        using var nextDay = await SendAsync();
        Assert.NotEqual(HttpStatusCode.TooManyRequests, nextDay.StatusCode);

        Task<HttpResponseMessage> SendAsync() => lookups
            ? registry.CaseAsync(HttpMethod.Delete, "0000-0000-0000", "guess")
            : registry.Http.PostAsync("/api/submissions", Json(Items(Samples.ImageJson("one"))));
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), response.Content.Headers.ContentType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    private static string Items(params string[] items) => $$"""{"items":[{{string.Join(',', items)}}]}""";

    private static string Item(string media, params string[] hashes) => $$"""{"media":"{{media}}","hashes":[{{string.Join(',', hashes)}}]}""";

    private static string Hash(string kind, string value, string more = "") => $$"""{"kind":"{{kind}}","value":"{{value}}"{{more}}}""";
}
