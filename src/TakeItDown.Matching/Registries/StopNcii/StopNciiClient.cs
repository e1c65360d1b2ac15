using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>Fetches pages of StopNCII.org's list, and submits feedback. A list has one, so that all who ask its registry keep one quiet time.</summary>
internal sealed class StopNciiClient(string name, IHttpClientFactory http, TimeProvider time, ILogger<StopNciiClient> logger)
{
    /// <summary>The most records of a page.</summary>
    private const int PageSize = 1000;

    private readonly RegistryClient _client = new(name, HttpClientName(name), "json", http, time, logger);

    /// <summary>The name of the <see cref="HttpClient"/> that serves the list.</summary>
    public static string HttpClientName(string name) => $"TakeItDown.StopNcii/{name}";

    /// <summary>Fetches a page, and tries again after failures that may pass.</summary>
    /// <param name="cursor">Which page.</param>
    /// <param name="options">Asked before each attempt, since keys may be replaced while the process runs.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">The page could not be had.</exception>
    public Task<RegistryAnswer<StopNciiPage>> GetAsync(StopNciiCursor cursor, Func<StopNciiOptions> options, CancellationToken cancellationToken) =>
        _client.SendAsync(() => Request(cursor, options()), body => Read(body, cursor), cancellationToken);

    /// <summary>Submits feedback; whatever answers it is not read.</summary>
    /// <param name="document">What to submit. It holds hashes.</param>
    /// <param name="options">Asked before each attempt.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">It was not taken.</exception>
    public Task SubmitAsync(byte[] document, Func<StopNciiOptions> options, CancellationToken cancellationToken) => _client.SendAsync(
        () =>
        {
            var current = options();
            var request = new HttpRequestMessage(HttpMethod.Post, $"{current.Root!.AbsoluteUri.TrimEnd('/')}/SubmitFeedback")
            {
                Content = new ByteArrayContent(document) { Headers = { ContentType = new("application/json", "utf-8") } },
            };
            AddKeys(request, current.FeedbackKey, current);
            return request;
        },
        static _ => true,
        cancellationToken);

    private static void AddKeys(HttpRequestMessage request, string functionKey, StopNciiOptions options)
    {
        request.Headers.Add("x-functions-key", functionKey);
        request.Headers.Add("Ocp-Apim-Subscription-Key", options.SubscriptionKey);
    }

    private static HttpRequestMessage Request(StopNciiCursor cursor, StopNciiOptions options)
    {
        // A token is text of the registry's, and is nothing but a value here: no address of its making is ever followed.
        var token = cursor.Set is { } set ? $"&nextPageToken={Uri.EscapeDataString(set.Token)}" : "";
        var address = string.Create(CultureInfo.InvariantCulture, $"{cursor.Scope}/FetchHashes?startTimestamp={cursor.Start}&pageSize={PageSize}{token}");
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        AddKeys(request, options.FunctionKey, options);
        return request;
    }

    /// <summary>Reads a page, and refuses one that leads nowhere, before it is stored and its token with it.</summary>
    private static StopNciiPage Read(ArraySegment<byte> body, StopNciiCursor cursor)
    {
        var page = StopNciiPageParser.Parse(body);
        if (page.NextToken is not null && page.NextToken == cursor.Set?.Token) throw new RegistryFormatException("it names itself as the page that comes next");
        return page;
    }
}
