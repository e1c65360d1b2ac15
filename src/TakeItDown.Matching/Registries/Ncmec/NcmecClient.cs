using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Speaks the Hash Sharing protocol: fetches pages and reasons, puts feedback. A list has one, so that all who ask its registry keep one quiet time.</summary>
internal sealed class NcmecClient(string name, IHttpClientFactory http, TimeProvider time, ILogger<NcmecClient> logger)
{
    private readonly RegistryClient _client = new(name, HttpClientName(name), "xml", http, time, logger);

    /// <summary>The name of the <see cref="HttpClient"/> that serves a registry.</summary>
    public static string HttpClientName(string name) => $"TakeItDown.Ncmec/{name}";

    /// <summary>Fetches a page, and tries again after failures that may pass.</summary>
    /// <param name="window">Whose next page it is.</param>
    /// <param name="filter">Which registry, and what is kept of the page.</param>
    /// <param name="credentials">Asked before each attempt, since credentials may be replaced while the process runs.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">The page could not be had.</exception>
    public Task<RegistryAnswer<NcmecPage>> GetAsync(
        NcmecWindow window, NcmecFilter filter, Func<NcmecRegistryOptions> credentials, CancellationToken cancellationToken)
    {
        var address = NcmecAddress.Resolve(filter.Root, window.Path);
        return _client.SendAsync(() => Request(HttpMethod.Get, address, credentials()), body => Read(body, address, window, filter), cancellationToken);
    }

    /// <summary>Fetches the reasons for feedback.</summary>
    /// <param name="path">The path below the registry's root.</param>
    /// <param name="options">Asked before each attempt.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">They could not be had.</exception>
    public async Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(string path, Func<NcmecRegistryOptions> options, CancellationToken cancellationToken) =>
        (await _client.SendAsync(() => Request(HttpMethod.Get, path, options()), NcmecFeedback.ReadReasons, cancellationToken).ConfigureAwait(false)).Page;

    /// <summary>Fetches the members of the registry, as far as these credentials may know of them.</summary>
    /// <param name="options">Asked before each attempt.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">They could not be had.</exception>
    public async Task<IReadOnlyList<NcmecMember>> GetMembersAsync(Func<NcmecRegistryOptions> options, CancellationToken cancellationToken) =>
        (await _client.SendAsync(() => Request(HttpMethod.Get, NcmecMembers.Path, options()), NcmecMembers.Read, cancellationToken).ConfigureAwait(false)).Page;

    /// <summary>Fetches the names of the registry's categories by their ids.</summary>
    /// <param name="options">Asked before each attempt.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">They could not be had.</exception>
    public async Task<IReadOnlyDictionary<string, string>> GetCategoriesAsync(Func<NcmecRegistryOptions> options, CancellationToken cancellationToken) =>
        (await _client.SendAsync(() => Request(HttpMethod.Get, NcmecCategories.Path, options()), NcmecCategories.Read, cancellationToken).ConfigureAwait(false)).Page;

    /// <summary>Puts a document; whatever document answers it is not read.</summary>
    /// <param name="path">The path below the registry's root.</param>
    /// <param name="document">What to put.</param>
    /// <param name="options">Asked before each attempt.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">It was not taken.</exception>
    public Task PutAsync(string path, byte[] document, Func<NcmecRegistryOptions> options, CancellationToken cancellationToken) => _client.SendAsync(
        () =>
        {
            var request = Request(HttpMethod.Put, path, options());
            request.Content = new ByteArrayContent(document) { Headers = { ContentType = new("application/xml", "utf-8") } };
            return request;
        },
        static _ => true,
        cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, string path, NcmecRegistryOptions options) =>
        Request(method, NcmecAddress.Resolve(NcmecAddress.RootOf(options), path), options);

    private static HttpRequestMessage Request(HttpMethod method, Uri address, NcmecRegistryOptions credentials)
    {
        var request = new HttpRequestMessage(method, address);
        var pair = Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        return request;
    }

    /// <summary>Reads a page, and refuses one whose <c>next</c> leads nowhere, before the page is stored and <c>next</c> with it.</summary>
    private static NcmecPage Read(ArraySegment<byte> body, Uri address, NcmecWindow window, NcmecFilter filter)
    {
        var page = NcmecPageParser.Parse(body, filter);
        if (page.Next is null) return page;
        if (NcmecAddress.Resolve(filter.Root, page.Next) == address) throw new RegistryFormatException("it names itself as the page that comes next");
        if (!window.Holds(page.Next)) throw new RegistryFormatException("the page that comes next is of another window");
        return page;
    }
}
