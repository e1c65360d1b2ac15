using System.Net;
using System.Net.Http.Headers;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class MemberTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic cGxhdGZvcm06d3Jvbmc=")] // platform:wrong
    [InlineData("Basic cGxhdGZvcm0=")] // platform
    [InlineData("Basic bGltaXRlZDpwbGF0Zm9ybSBwYXNzd29yZA==")] // limited:platform password
    [InlineData("Basic Og==")] // :
    [InlineData("Bearer cGxhdGZvcm06cGxhdGZvcm0gcGFzc3dvcmQ=")]
    public async Task Nobody_gets_past_the_root_without_a_members_password(string? header)
    {
        await using var registry = await StartAsync();
        foreach (var path in (string[])["/npo/v2/entries", "/npo/v2/status", "/npo/v2/members", "/npo/v2/categorizations", "/npo/v2/feedback/MD5/reasons", "/npo/unknown", "/NPO/v2/entries"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var response = await registry.Http.SendAsync(request);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, response.StatusCode));
            Assert.Equal(new AuthenticationHeaderValue("Basic", "realm=\"hash sharing\", charset=\"UTF-8\""), response.Headers.WwwAuthenticate.Single());
        }
        Assert.Empty(registry.Reads.All());
    }

    [Fact]
    public async Task Status_says_who_asks()
    {
        await using var registry = await StartAsync();
        var status = await registry.XmlAsync("/v2/status");
        Assert.Equal(Ns + "status", status.Name);
        Assert.Equal(["ipAddress", "username", "member"], status.Elements().Select(one => one.Name.LocalName));
        Assert.Equal(["127.0.0.1", "platform", "Example Platform"], status.Elements().Select(one => one.Value));
        Assert.Equal("7", status.Element(Ns + "member")!.Attribute("id")!.Value);
    }

    [Fact]
    public async Task Members_lists_those_whose_entries_one_may_see()
    {
        await using var registry = await StartAsync();
        var members = await registry.XmlAsync("/v2/members");
        Assert.Equal(
            ["1 Take It Down", "7 Example Platform", "8 Limited Platform", "9 Another Member"],
            members.Elements(Ns + "member").Select(one => $"{one.Attribute("id")!.Value} {one.Value}"));

        using var limited = registry.Client("limited");
        Assert.Equal(["8", "9"], (await registry.XmlAsync("/v2/members", limited)).Elements().Select(one => one.Attribute("id")!.Value));
    }

    [Fact]
    public async Task A_limited_member_sees_only_what_it_may()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        await registry.SubmitAsync(Samples.ImageJson("persons"));
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(i % 2 == 0 ? Platform : Other, $"{i}", i)));
        registry.Clock.Now = Start.AddSeconds(10);

        using var limited = registry.Client("limited");
        var pages = await registry.PagesAsync("", limited);
        Assert.Equal(["1", "3", "5"], pages.SelectMany(Entries).Select(Id));
        Assert.Equal(2, pages.Count);
        Assert.Equal(6, (await registry.EntriesAsync()).Count);
    }

    [Fact]
    public async Task Every_read_of_the_list_is_written_down()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 3).Select(i => Samples.Image(Other, $"{i}", i)));
        await registry.PagesAsync(Window(0, 9));
        registry.Clock.Now = Start.AddSeconds(30);
        using var limited = registry.Client("limited");
        await registry.PagesAsync(Window(2, 20), limited);

        Assert.Equal(
            [
                (0, "platform", Platform, 0, 9, 1L, 2), (0, "platform", Platform, 0, 9, 3L, 1), (30, "limited", Limited, 2, 20, 1L, 1),
            ],
            registry.Reads.All().Select(read => (Since(read.At), read.User, read.Member, Since(read.After), Since(read.Until), read.Start, read.Entries)));

        static int Since(DateTimeOffset time) => (int)(time - Start).TotalSeconds;
    }
}
