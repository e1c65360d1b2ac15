using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Syncing;

namespace TakeItDown.Matching.Registry.Ncmec;

/// <summary>A page, and what the registry's clock said when it was served.</summary>
internal readonly record struct NcmecAnswer(NcmecPage Page, DateTimeOffset? ServerTime);

/// <summary>
/// Fetches pages from a registry: bounded in size and time, tried again where that may help, and never from anywhere but the
/// registry, since the password rides along.
/// </summary>
internal sealed class NcmecClient(string name, IHttpClientFactory http, TimeProvider time, ILogger logger)
{
    /// <summary>The longest document that is read, unpacked. Pages seen have about 1 MB.</summary>
    public const int DocumentLimit = 64 << 20;

    /// <summary>How long a page may take, from the request to its last byte.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(2);

    private DateTimeOffset _quietUntil = DateTimeOffset.MinValue;

    /// <summary>The name of the <see cref="HttpClient"/> that serves a registry.</summary>
    public static string HttpClientName(string name) => $"TakeItDown.Ncmec/{name}";

    /// <summary>Sets a client's bounds. Time is bounded per request, by the time provider.</summary>
    public static void Configure(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = DocumentLimit;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TakeItDown.Matching", productVersion: null));
    }

    /// <summary>Sees to it that credentials go to the registry alone, and that its address is looked up anew now and then.</summary>
    public static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }

    /// <summary>Fetches a page, and tries again after failures that may pass.</summary>
    /// <param name="path">The path and query below the registry's root.</param>
    /// <param name="filter">Which registry, and what is kept of the page.</param>
    /// <param name="credentials">Asked before each attempt, since credentials may be replaced while the process runs.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="NcmecRequestException">The page could not be had.</exception>
    public async Task<NcmecAnswer> GetAsync(
        string path, NcmecFilter filter, Func<NcmecRegistryOptions> credentials, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await KeepQuietAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await TryGetAsync(path, filter, credentials(), cancellationToken).ConfigureAwait(false);
            }
            catch (NcmecRequestException e) when (e.IsTransient && attempt < NcmecBackoff.Attempts)
            {
                var pause = NcmecBackoff.After(attempt);
                if (e.RetryAfter > pause) pause = e.RetryAfter.Value;
                _quietUntil = time.GetUtcNow() + pause;
                Log.RequestRetried(logger, name, attempt, pause, e.Message);
            }
        }
    }

    private async Task KeepQuietAsync(CancellationToken cancellationToken)
    {
        var pause = _quietUntil - time.GetUtcNow();
        if (pause > NcmecBackoff.LongestPause)
            throw new NcmecRequestException($"it asked not to be called again within {(int)Math.Ceiling(pause.TotalMinutes)} minutes");
        if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<NcmecAnswer> TryGetAsync(
        string path, NcmecFilter filter, NcmecRegistryOptions credentials, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, NcmecAddress.Resolve(filter.Root, path));
        var pair = Encoding.UTF8.GetBytes($"{credentials.UserName}:{credentials.Password}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/xml"));

        using var timeout = new CancellationTokenSource(RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = http.CreateClient(HttpClientName(name));
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            CheckStatus(response);
            CheckType(response);
            using var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            var page = NcmecPageParser.Parse(body, filter);
            CheckNext(page.Next, request.RequestUri!, filter);
            return new NcmecAnswer(page, response.Headers.Date);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NcmecRequestException($"it did not answer in full within {RequestTimeout.TotalSeconds:0} seconds", e) { IsTransient = true };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new NcmecRequestException($"its answer is longer than {DocumentLimit >> 20} MB", e);
        }
        catch (HttpRequestException e)
        {
            throw new NcmecRequestException($"it could not be reached, or broke off: {e.Message}", e) { IsTransient = true };
        }
        catch (NcmecFormatException e)
        {
            throw new NcmecRequestException($"its answer is malformed: {e.Message}", e) { IsTransient = true };
        }
    }

    private void CheckStatus(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.OK) return;
        throw status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new NcmecRequestException($"it refused the user name or the password ({(int)status})") { Status = status },
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                new NcmecRequestException($"it sent us elsewhere ({(int)status}), and the password must not follow; correct Root") { Status = status },
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new NcmecRequestException($"it answered {(int)status}") { Status = status, IsTransient = true, RetryAfter = RetryAfter(response) },
            _ => new NcmecRequestException($"it answered {(int)status}") { Status = status },
        };
    }

    private static void CheckType(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is "application/xml" or "text/xml" || type?.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) == true) return;
        throw new NcmecRequestException("its answer is no XML; perhaps a proxy or a log-in page answered") { IsTransient = true };
    }

    /// <summary>Refuses a page whose <c>next</c> leads nowhere, before the page is stored and <c>next</c> with it.</summary>
    private static void CheckNext(string? next, Uri current, NcmecFilter filter)
    {
        if (next is not null && NcmecAddress.Resolve(filter.Root, next) == current)
            throw new NcmecFormatException("it names itself as the page that comes next");
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? time.GetUtcNow()),
        _ => null,
    };
}
