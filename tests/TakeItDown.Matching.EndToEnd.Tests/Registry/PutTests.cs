using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>Submitting under codes that the device has drawn, and what a case tells of who has read it.</summary>
public sealed class PutTests
{
    private const string Case = "ABCD-EFGH-JKMN", Secret = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ", OtherSecret = "ZZZZ-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";
    private static readonly string First = Item('a'), Second = Item('b');

    [Fact]
    public async Task A_submission_that_is_repeated_is_one_case()
    {
        await using var registry = await StartAsync();
        Assert.Equal((HttpStatusCode.Created, 1), await PutAsync(registry, First));
        Assert.Equal((HttpStatusCode.OK, 1), await PutAsync(registry, First));
        Assert.Equal((HttpStatusCode.OK, 2), await PutAsync(registry, First, Second));
        Assert.Equal(2, await LiveAsync(registry));

        using var withdrawn = await registry.CaseAsync(HttpMethod.Delete, Case, Secret);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(0, await LiveAsync(registry));
    }

    [Fact]
    public async Task A_repetition_that_comes_late_does_not_undo_a_withdrawal()
    {
        await using var registry = await StartAsync();
        await PutAsync(registry, First);
        (await registry.CaseAsync(HttpMethod.Delete, Case, Secret)).Dispose();
        Assert.Equal(HttpStatusCode.Conflict, (await PutAsync(registry, First)).Status);
        Assert.Equal(0, await LiveAsync(registry));
    }

    [Fact]
    public async Task A_number_that_is_anothers_takes_nothing()
    {
        await using var registry = await StartAsync();
        await PutAsync(registry, First);
        using var other = await SendAsync(registry, Case, OtherSecret, Second);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(1, await LiveAsync(registry));
    }

    [Theory]
    [InlineData("ABCD", Secret)]
    [InlineData(Case, "short")]
    [InlineData(Case, null)]
    public async Task Codes_of_another_form_are_refused_with_a_sentence(string number, string? secret)
    {
        await using var registry = await StartAsync();
        using var refused = await SendAsync(registry, number, secret, First);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("12 characters and a secret 32", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await LiveAsync(registry));
    }

    [Fact]
    public async Task A_case_tells_which_platforms_have_read_all_of_it()
    {
        // The member that sees only entries of another takes no part.
        await using var registry = await StartAsync("--Registry:PageSize", "1");
        await PutAsync(registry, First, Second);
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(registry));

        registry.Clock.Now = Start.AddSeconds(10);
        var page = await registry.XmlAsync("/v2/entries" + Window(0, 5));
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(registry));
        await registry.XmlAsync(Next(page)!);
        Assert.Equal([("Example Platform", Stamp(10))], await PlatformsAsync(registry));

        // What has been added since has been read by nobody; nor, later, has the withdrawal.
        await PutAsync(registry, Item('c'));
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(registry));
        registry.Clock.Now = Start.AddSeconds(20);
        await registry.EntriesAsync(Window(5, 15));
        Assert.Equal([("Example Platform", Stamp(20))], await PlatformsAsync(registry));
        (await registry.CaseAsync(HttpMethod.Delete, Case, Secret)).Dispose();
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(registry));
        registry.Clock.Now = Start.AddSeconds(30);
        await registry.EntriesAsync(Window(15, 25));
        Assert.Equal([("Example Platform", Stamp(30))], await PlatformsAsync(registry));
    }

    [Fact]
    public async Task A_member_that_read_another_window_has_not_read_the_case()
    {
        await using var registry = await StartAsync();
        registry.Clock.Now = Start.AddSeconds(100);
        await PutAsync(registry, First);
        registry.Clock.Now = Start.AddSeconds(200);
        await registry.EntriesAsync(Window(0, 100));
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(registry));
    }

    [Fact]
    public async Task People_are_told_who_keeps_the_list_and_who_reads_it()
    {
        await using var registry = await StartAsync("--Registry:Keeper", "A keeper");
        var about = JsonDocument.Parse(await registry.Http.GetStringAsync("/api/about")).RootElement;
        Assert.Equal("A keeper", about.GetProperty("keeper").GetString());
        Assert.Equal(["Example Platform"], about.GetProperty("platforms").EnumerateArray().Select(name => name.GetString()));
        Assert.False(about.GetProperty("drafts").GetBoolean());
    }

    [Fact]
    public async Task A_database_of_before_is_read_on()
    {
        await using var registry = await StartAsync();
        await PutAsync(registry, First);
        await registry.EntriesAsync();
        var old = Path.Combine(registry.Folder, "old.db");
        using (var file = new SqliteConnection($"Data Source={old};Pooling=False"))
        {
            file.Open();
            using var make = file.CreateCommand();
            make.CommandText = """
                CREATE TABLE reads (at INTEGER NOT NULL, user TEXT NOT NULL, member INTEGER NOT NULL, after INTEGER NOT NULL, until INTEGER NOT NULL,
                    start INTEGER NOT NULL, entries INTEGER NOT NULL);
                INSERT INTO reads VALUES (1, 'platform', 7, 0, 1, 1, 3);
                """;
            make.ExecuteNonQuery();
        }
        await using var upgraded = await StartAsync("--Registry:Database", old);
        Assert.Equal(3, Assert.Single(upgraded.Reads.All()).Entries);
        Assert.Equal((HttpStatusCode.Created, 1), await PutAsync(upgraded, First));
        Assert.Equal([("Example Platform", null)], await PlatformsAsync(upgraded));
    }

    private static string Item(char digit) => $$"""{"media":"image","hashes":[{"kind":"md5","value":"{{new string(digit, 32)}}"}]}""";

    private static async Task<HttpResponseMessage> SendAsync(RegistryHost registry, string number, string? secret, params string[] items)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/submissions/{number}") { Content = Json($$"""{"items":[{{string.Join(',', items)}}]}""") };
        if (secret is not null) request.Headers.Add("Withdrawal-Secret", secret);
        return await registry.Http.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, int Items)> PutAsync(RegistryHost registry, params string[] items)
    {
        using var answer = await SendAsync(registry, Case, Secret, items);
        if (!answer.IsSuccessStatusCode) return (answer.StatusCode, 0);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Case, body.RootElement.GetProperty("case").GetString());
        return (answer.StatusCode, body.RootElement.GetProperty("items").GetInt32());
    }

    private static async Task<List<(string Name, string? Read)>> PlatformsAsync(RegistryHost registry)
    {
        using var answer = await registry.CaseAsync(HttpMethod.Get, Case, Secret);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. body.RootElement.GetProperty("platforms").EnumerateArray().Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("read").GetString()))];
    }

    /// <summary>How many live entries a member reads later, without that read being one of the platform's.</summary>
    private static async Task<int> LiveAsync(RegistryHost registry)
    {
        var now = registry.Clock.Now;
        registry.Clock.Now = now.AddSeconds(5);
        var entries = await registry.EntriesAsync();
        registry.Clock.Now = now;
        return entries.Count(entry => !entry.Name.LocalName.Contains("deleted", StringComparison.OrdinalIgnoreCase));
    }
}
