using System.Net;
using System.Text;
using System.Xml.Linq;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class FeedbackTests
{
    private const string Affirmative = """<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative/></feedbackSubmission>""";

    [Theory]
    [InlineData("MD5", "Md5")]
    [InlineData("PDQ", "Pdq")]
    [InlineData("SSVH_SAFER_HASH", "SsvhSaferHash")]
    public async Task Reasons_are_given_for_every_kind(string key, string type)
    {
        await using var registry = await StartAsync();
        var reasons = await registry.XmlAsync($"/v2/feedback/{key}/reasons");
        Assert.Equal(Ns + "availableFeedbackReasons", reasons.Name);
        Assert.NotEmpty(reasons.Elements(Ns + "reason"));
        Assert.All(reasons.Elements(), reason => Assert.True(Guid.TryParse(reason.Attribute("guid")!.Value, out _)));
        Assert.All(reasons.Elements(), reason => Assert.NotEmpty(reason.Attribute("name")!.Value));
        Assert.All(reasons.Elements(), reason => Assert.Equal(type, reason.Attribute("type")!.Value));
    }

    [Fact]
    public async Task What_members_say_is_shown_with_the_entry()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 1), Samples.Image(Other, "b", 1), Samples.Image(Other, "c", 1)]);
        var reasons = (await registry.XmlAsync("/v2/feedback/MD5/reasons")).Elements().Select(one => one.Attribute("guid")!.Value).ToList();
        using var limited = registry.Client("limited");
        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, "9/b/MD5", Negative(reasons[1])));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, "9/b/MD5", Negative(reasons[0])));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(limited, "9/b/MD5", Negative(reasons[0], reasons[2])));
        registry.Clock.Now = Start.AddSeconds(9);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(limited, "9/b/PDQ", Affirmative));
        registry.Clock.Now = Start.AddSeconds(10);

        var entries = await registry.EntriesAsync();
        Assert.Equal([false, true, false], entries.Select(entry => entry.Element(Ns + "feedback") is not null));
        var feedback = entries[1].Element(Ns + "feedback")!;
        Assert.Equal(Stamp(9), feedback.Attribute("lastUpdateTimestamp")!.Value);
        var negative = feedback.Element(Ns + "negativeFeedback")!;
        Assert.Equal(("Md5", Stamp(0)), (negative.Attribute("type")!.Value, negative.Attribute("lastUpdateTimestamp")!.Value));
        Assert.Equal(["reason", "members", "reason", "members"], negative.Element(Ns + "reasons")!.Elements().Select(one => one.Name.LocalName));
        Assert.Equal([reasons[0], reasons[2]], negative.Descendants(Ns + "reason").Select(one => one.Attribute("guid")!.Value));
        Assert.Equal([["7", "8"], ["8"]], negative.Descendants(Ns + "members").Select(one => one.Elements().Select(m => m.Attribute("id")!.Value)));
        var affirmative = feedback.Element(Ns + "affirmativeFeedback")!;
        Assert.Equal(("Pdq", "8"), (affirmative.Attribute("type")!.Value, affirmative.Element(Ns + "members")!.Element(Ns + "member")!.Attribute("id")!.Value));
    }

    [Fact]
    public async Task What_a_member_says_dates_the_entry_so_that_others_see_it_in_their_next_window()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 1), Samples.Image(Other, "b", 1)]);
        using var limited = registry.Client("limited");
        registry.Clock.Now = Start.AddSeconds(10);
        Assert.Equal(2, (await registry.EntriesAsync(Window(0, 10), limited)).Count);

        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, "9/b/MD5", Affirmative));
        Assert.Empty(await registry.EntriesAsync(Window(10, 10), limited));
        registry.Clock.Now = Start.AddSeconds(30);
        var entry = Assert.Single(await registry.EntriesAsync(Window(10, 30), limited));
        Assert.Equal(("b", Stamp(11)), (Id(entry), entry.Element(Ns + "timestamp")!.Value));
        Assert.Equal(Stamp(10), entry.Element(Ns + "feedback")!.Attribute("lastUpdateTimestamp")!.Value);
        Assert.Equal("7", Assert.Single(entry.Descendants(Ns + "affirmativeFeedback")).Descendants(Ns + "member").Single().Attribute("id")!.Value);

        // The same word again is no news; another is.
        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, "9/b/MD5", Affirmative));
        registry.Clock.Now = Start.AddSeconds(50);
        Assert.Empty(await registry.EntriesAsync(Window(30, 50), limited));
        var reason = (await registry.XmlAsync("/v2/feedback/MD5/reasons")).Elements().First().Attribute("guid")!.Value;
        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, "9/b/MD5", Negative(reason)));
        registry.Clock.Now = Start.AddSeconds(70);
        Assert.Single(Assert.Single(await registry.EntriesAsync(Window(50, 70), limited)).Descendants(Ns + "negativeFeedback"));
    }

    [Fact]
    public async Task Who_had_read_a_case_before_its_entry_was_spoken_of_has_read_it()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        registry.Clock.Now = Start.AddSeconds(10);
        var id = Id(Assert.Single(await registry.EntriesAsync()));
        Assert.Contains($"\"read\":\"{Stamp(10)}\"", await StateAsync(), StringComparison.Ordinal);

        registry.Clock.Now = Start.AddSeconds(20);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, $"1/{id}/MD5", Affirmative));
        Assert.Contains($"\"read\":\"{Stamp(10)}\"", await StateAsync(), StringComparison.Ordinal);
        // The withdrawal is another matter.
        (await registry.CaseAsync(HttpMethod.Delete, number, secret)).Dispose();
        Assert.DoesNotContain($"\"read\":\"{Stamp(10)}\"", await StateAsync(), StringComparison.Ordinal);
        registry.Clock.Now = Start.AddSeconds(30);
        await registry.EntriesAsync(Window(10, 30));
        Assert.Contains($"\"read\":\"{Stamp(30)}\"", await StateAsync(), StringComparison.Ordinal);

        async Task<string> StateAsync()
        {
            using var state = await registry.CaseAsync(HttpMethod.Get, number, secret);
            return await state.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a/b", "a%2fb")]
    [InlineData("a/b", "a/b")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("/a//b/", "%2Fa%2F%2Fb%2F")]
    [InlineData("100% ü?#+", "100%25%20%C3%BC%3F%23+")]
    [InlineData("MD5/feedback", "MD5/feedback")]
    [InlineData("x/MD5/feedback", "x%2FMD5%2Ffeedback")]
    public async Task An_id_of_any_characters_can_be_spoken_of(string id, string inPath)
    {
        await using var registry = await StartAsync();
        var decoys = ((string[])["a", "b", "a/b", "a%2Fb", "x"]).Where(decoy => decoy != id);
        registry.Store.Put([Samples.Image(Other, id, 1), .. decoys.Select(decoy => Samples.Image(Other, decoy, 1))]);

        Assert.Equal(HttpStatusCode.OK, await PutAsync(registry.Member, $"9/{inPath}/MD5", Affirmative));

        registry.Clock.Now = Start.AddSeconds(9);
        Assert.Equal(id, Id(Assert.Single(await registry.EntriesAsync(), entry => entry.Element(Ns + "feedback") is not null)));
    }

    [Fact]
    public async Task Feedback_goes_with_the_hashes_it_was_on()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 1)]);
        await PutAsync(registry.Member, "9/a/MD5", Affirmative);
        registry.Store.Put([Samples.Image(Other, "a", 2)]);
        registry.Clock.Now = Start.AddSeconds(9);
        Assert.Single((await registry.EntriesAsync()).Descendants(Ns + "feedback"));

        registry.Store.Put([Samples.Image(Other, "a", 3) with { Hashes = Samples.Hashes("other") }]);
        Assert.Empty((await registry.EntriesAsync()).Descendants(Ns + "feedback"));
    }

    [Theory]
    [InlineData("9/unknown/MD5")]
    [InlineData("1/a/MD5")]
    [InlineData("9/a/PDNA")]
    [InlineData("9/a/md5")]
    [InlineData("9/deleted/MD5")]
    [InlineData("9/MD5")]
    [InlineData("9/a/b/MD5")]
    [InlineData("9//MD5")]
    [InlineData("7/unseen/MD5")]
    public async Task Feedback_on_what_a_member_cannot_see_finds_nothing(string path)
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 1), Samples.Image(Other, "deleted", 1), Samples.Image(Platform, "unseen", 1)]);
        registry.Store.Delete(Other, "deleted");
        using var limited = registry.Client("limited");
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(limited, path, Affirmative));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(limited, "9/a/MD5", Affirmative));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<feedbackSubmission><affirmative/></feedbackSubmission>")]
    [InlineData("""<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"/>""")]
    [InlineData("""<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative/><negative/></feedbackSubmission>""")]
    [InlineData("""<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><negative><reasonIds/></negative></feedbackSubmission>""")]
    [InlineData("""<feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><negative><reasonIds><guid>x</guid></reasonIds></negative></feedbackSubmission>""")]
    [InlineData("""<!DOCTYPE f [<!ENTITY e "x">]><feedbackSubmission xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><affirmative>&e;</affirmative></feedbackSubmission>""")]
    public async Task A_body_that_is_no_feedback_is_refused(string body)
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Samples.Image(Other, "a", 1)]);
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(registry.Member, "9/a/MD5", body));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync(registry.Member, "9/a/MD5", Affirmative.Replace("<affirmative/>", new string(' ', 70_000) + "<affirmative/>")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PutAsync(registry.Member, "9/a/MD5", Affirmative, "text/plain"));
    }

    [Fact]
    public async Task Categorizations_come_in_groups()
    {
        await using var registry = await StartAsync();
        var groups = await registry.XmlAsync("/v2/categorizations");
        Assert.Equal(Ns + "availableCategorizations", groups.Name);
        Assert.Equal(["false", "true"], groups.Elements(Ns + "group").Select(group => group.Attribute("allowMultiple")!.Value));
        Assert.All(groups.Elements(), group => Assert.NotEmpty(group.Attribute("name")!.Value));
        Assert.All(groups.Elements().Elements(Ns + "categorization"), one => Assert.True(Guid.TryParse(one.Attribute("guid")!.Value, out _) && one.Attribute("name")!.Value.Length > 0));
    }

    private static string Negative(params string[] guids) => new XElement(Ns + "feedbackSubmission",
        new XElement(Ns + "negative", new XElement(Ns + "reasonIds", guids.Select(guid => new XElement(Ns + "guid", guid))))).ToString();

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string path, string body, string type = "application/xml")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await client.PutAsync($"/npo/v2/entries/{path}/feedback", content);
        return response.StatusCode;
    }
}
