using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

// snippet: source
/// <summary>A registry that answers GET changes?since=N with { "next": N, "more": true, "entries": [ { "id": "…", "pdq": "…", "deleted": false } ] }.</summary>
internal sealed class PartnerSource(string name, IHttpClientFactory http, TimeProvider time) : IListSource
{
    public string Name => name;

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var client = http.CreateClient(name);
        for (var since = cursor ?? "0"; ;)
        {
            var asked = time.GetUtcNow(); // what is published later than this may be missing
            var answer = await GetAsync(client, since, cancellationToken);
            var (upserts, rejected) = (new List<ListEntry>(), 0);
            foreach (var entry in answer.Entries.Where(entry => !entry.Deleted))
            {
                if (HashValue.TryParse(HashKind.Pdq, entry.Pdq, out var hash))
                    upserts.Add(new ListEntry { Key = new EntryKey("partner", entry.Id), Media = MediaKind.Image, Hashes = [hash] });
                else rejected++; // counted, logged without the value, and left out
            }
            yield return new ListPage
            {
                StartsOver = cursor is null && since == "0",
                Upserts = upserts,
                Removals = [.. answer.Entries.Where(entry => entry.Deleted).Select(entry => new ListRemoval(new EntryKey("partner", entry.Id)))],
                Rejected = rejected,
                Cursor = since = answer.Next, // stored together with the page; the next refresh begins here
                CompleteThrough = answer.More ? null : asked, // only the last page says that the list is fresh
            };
            if (!answer.More) yield break;
        }
    }

    private static async Task<Answer> GetAsync(HttpClient client, string since, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetFromJsonAsync<Answer>($"changes?since={Uri.EscapeDataString(since)}", cancellationToken) ?? throw new ListSourceException("The partner sent nothing.");
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException)
        {
            throw new ListSourceException($"The partner's list could not be read: {e.GetType().Name}.", e); // the text reaches logs: no hash, no secret, no address
        }
    }

    private sealed record Answer(string Next, bool More, IReadOnlyList<Entry> Entries);

    private sealed record Entry(string Id, string? Pdq, bool Deleted);
}
// end of snippet

internal static class PartnerRegistration
{
    public static void Register(IServiceCollection services, Uri root)
    {
        // snippet: register
        services.AddHttpClient("partner", client => client.BaseAddress = root).RemoveAllLoggers(); // addresses are nobody's business
        services.AddTakeItDownMatching().AddListSource<PartnerSource>("partner");
        // end of snippet
    }

    public static void RegisterFile(IServiceCollection services)
    {
        // snippet: file
        services.AddTakeItDownMatching().AddHashFile("own", "/var/lib/platform/own-hashes.txt");
        // end of snippet
    }

    public static async Task ListenAsync(IListManager lists, Action<string> say, CancellationToken stopping)
    {
        // snippet: ready
        lists.Changed += (_, change) => say($"{change.List} changed and has {change.Entries} entries now");
        await lists.WaitUntilReadyAsync(stopping); // no scan is answered "list unavailable" from here on, as long as refreshes succeed
        // end of snippet
    }
}
