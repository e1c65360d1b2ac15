using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class WithdrawalTests
{
    [Fact]
    public async Task A_submission_is_listed_and_after_withdrawal_a_tombstone()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"), Samples.VideoJson("film"));
        registry.Clock.Now = Start.AddSeconds(10);

        var listed = await registry.EntriesAsync();
        Assert.Equal(["image", "video"], listed.Select(entry => entry.Name.LocalName));
        Assert.All(listed, entry => Assert.Equal(("1", "Take It Down"), (entry.Element(Ns + "member")!.Attribute("id")!.Value, entry.Element(Ns + "member")!.Value)));
        Assert.All(listed, entry => Assert.Equal(Stamp(1), entry.Element(Ns + "timestamp")!.Value));
        var hashes = listed[0].Element(Ns + "fingerprints")!.Elements().Select(one => (one.Name.LocalName, one.Value));
        Assert.Equal(Samples.Hashes("picture").Select(hash => (hash.Kind.ToName(), hash.ToHexString())), hashes);
        Assert.Equal(2, listed[1].Element(Ns + "fingerprints")!.Elements(Ns + "pdq").Count());

        using var withdrawn = await registry.CaseAsync(HttpMethod.Delete, number, secret);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        registry.Clock.Now = Start.AddSeconds(20);
        var gone = await registry.EntriesAsync();
        Assert.Equal(["deletedImage", "deletedVideo"], gone.Select(entry => entry.Name.LocalName));
        Assert.Equal(listed.Select(Id), gone.Select(Id));
        Assert.All(gone, entry => Assert.Equal(Stamp(11), entry.Element(Ns + "timestamp")!.Value));
    }

    [Fact]
    public async Task A_case_tells_where_it_stands()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("one"), Samples.ImageJson("two"));

        Assert.Equal(State(number, "listed"), await StateAsync(registry, number, secret));
        Assert.Equal(State(number, "listed"), await StateAsync(registry, number.Replace("-", "").ToLowerInvariant(), secret.ToLowerInvariant()));
        (await registry.CaseAsync(HttpMethod.Delete, number, secret)).Dispose();
        Assert.Equal(State(number, "withdrawn"), await StateAsync(registry, number, secret));
    }

    [Fact]
    public async Task Withdrawing_twice_is_withdrawing_once()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        using var first = await registry.CaseAsync(HttpMethod.Delete, number, secret);
        registry.Clock.Now = Start.AddSeconds(100);
        using var second = await registry.CaseAsync(HttpMethod.Delete, number, secret);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.Equal(Stamp(1), (await registry.EntriesAsync())[0].Element(Ns + "timestamp")!.Value);
    }

    [Fact]
    public async Task One_of_two_cases_of_the_same_hashes_stays_listed()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("same"));
        var other = await registry.SubmitAsync(Samples.ImageJson("same"));
        Assert.NotEqual(number, other.Case);
        (await registry.CaseAsync(HttpMethod.Delete, number, secret)).Dispose();
        registry.Clock.Now = Start.AddSeconds(10);

        Assert.Equal(["deletedImage", "image"], (await registry.EntriesAsync()).Select(entry => entry.Name.LocalName));
        Assert.Equal(State(other.Case, "listed", items: 1, read: $"\"{Stamp(10)}\""), await StateAsync(registry, other.Case, other.Secret));
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_case_get_the_same_answer()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        var (_, othersSecret) = await registry.SubmitAsync(Samples.ImageJson("another"));

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            var answers = new HashSet<string>();
            foreach (var (triedCase, triedSecret) in ((string, string?)[])
                [(number, othersSecret), (number, null), (number, ""), (number, "guess"), ("0000-0000-0000", secret), ("x", secret), (number, new string('0', 5000))])
            {
                using var response = await registry.CaseAsync(method, triedCase, triedSecret);
                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                answers.Add($"{response.Content.Headers} {await response.Content.ReadAsStringAsync()}");
            }
            Assert.Single(answers);
        }
        Assert.Equal(State(number, "listed", items: 1), await StateAsync(registry, number, secret));
    }

    [Fact]
    public async Task What_is_withdrawn_is_nowhere_in_the_files()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        await registry.SubmitAsync(Samples.ImageJson("another"));
        var (gone, kept) = (Samples.Hashes("picture"), Samples.Hashes("another"));
        Assert.All(gone, hash => Assert.True(FileBytes.Hold(registry.Folder, hash.Bytes)));

        (await registry.CaseAsync(HttpMethod.Delete, number, secret)).Dispose();
        Assert.All(gone, hash => Assert.False(FileBytes.Hold(registry.Folder, hash.Bytes)));
        Assert.All(kept, hash => Assert.True(FileBytes.Hold(registry.Folder, hash.Bytes)));
    }

    [Fact]
    public async Task Nothing_in_the_file_says_of_which_case_a_tombstone_was()
    {
        await using var registry = await StartAsync();
        var (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"), Samples.VideoJson("film"));
        var (kept, _) = await registry.SubmitAsync(Samples.ImageJson("another"));
        registry.Clock.Now = Start.AddSeconds(100);
        Assert.True(FileBytes.Count(registry.Folder, Encoding.ASCII.GetBytes(number)) > 1);
        (await registry.CaseAsync(HttpMethod.Delete, number, secret)).Dispose();

        // Once, in the case's own row.
        Assert.Equal(1, FileBytes.Count(registry.Folder, Encoding.ASCII.GetBytes(number)));
        Assert.Equal(1, FileBytes.Count(registry.Folder, SHA256.HashData(Encoding.ASCII.GetBytes(secret))));
        Assert.True(FileBytes.Count(registry.Folder, Encoding.ASCII.GetBytes(kept)) > 1);
        await using var database = new SqliteConnection($"Data Source={Path.Combine(registry.Folder, "registry.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT count(*), count(case_number), (SELECT withdrawn + submitted FROM cases WHERE withdrawn IS NOT NULL) FROM entries WHERE deleted = 1";
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        // That it was withdrawn, and neither when nor when it was submitted: tombstones tell that of themselves.
        Assert.Equal((2, 0, 1), (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)));
    }

    [Fact]
    public async Task A_file_from_before_that_had_kept_the_case_forgets_it_at_the_start()
    {
        var folder = Directory.CreateTempSubdirectory("registry-");
        var path = Path.Combine(folder.FullName, "old.db");
        string number, secret;
        await using (var registry = await StartAsync("--Registry:Database", path)) (number, secret) = await registry.SubmitAsync(Samples.ImageJson("picture"));
        await using (var old = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await old.OpenAsync();
            await using var command = old.CreateCommand();
            command.CommandText = "UPDATE cases SET withdrawn = 1777636800; UPDATE entries SET deleted = 1, hashes = x''; ALTER TABLE cases DROP COLUMN sealed; ALTER TABLE entries DROP COLUMN stands_since";
            await command.ExecuteNonQueryAsync();
        }

        await using (var registry = await StartAsync("--Registry:Database", path))
        {
            Assert.Equal(1, FileBytes.Count(folder.FullName, Encoding.ASCII.GetBytes(number)));
            Assert.Equal(State(number, "withdrawn", items: 0), await StateAsync(registry, number, secret));
            using var again = await registry.CaseAsync(HttpMethod.Delete, number, secret);
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        }
        folder.Delete(recursive: true);
    }

    private static string State(string number, string state, int items = 2, string read = "null") =>
        $$"""{"case":"{{number}}","state":"{{state}}","submitted":"{{Stamp(0)}}","items":{{items}},"platforms":[{"name":"Example Platform","read":{{read}}}]}""";

    private static async Task<string> StateAsync(RegistryHost registry, string number, string secret)
    {
        using var response = await registry.CaseAsync(HttpMethod.Get, number, secret);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
