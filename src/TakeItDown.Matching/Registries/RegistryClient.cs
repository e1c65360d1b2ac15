using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Registries;

/// <summary>A page, and what the registry's clock said when it was served.</summary>
internal readonly record struct RegistryAnswer<TPage>(TPage Page, DateTimeOffset? ServerTime);

/// <summary>
/// Asks a registry: bounded in size and time, tried again where that may help, and never anything but the registry, since credentials
/// ride along. It may be used from several threads.
/// </summary>
/// <param name="name">The name of the list.</param>
/// <param name="clientName">The name of the <see cref="HttpClient"/>, see <see cref="RegistryHttp"/>.</param>
/// <param name="format">What pages are written in, as media types end: <c>xml</c> or <c>json</c>.</param>
/// <param name="http">Makes the client.</param>
/// <param name="time">Waits, and bounds the time of a request.</param>
/// <param name="logger">Told of attempts that failed.</param>
internal sealed class RegistryClient(string name, string clientName, string format, IHttpClientFactory http, TimeProvider time, ILogger logger)
{
    /// <summary>How long a page may take, from the request to its last byte.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(2);

    /// <summary>In ticks, UTC.</summary>
    private long _quietUntil;

    /// <summary>Fetches a page, or puts something, and tries again after failures that may pass.</summary>
    /// <param name="request">Makes the request, anew for each attempt: credentials may be replaced while the process runs.</param>
    /// <param name="parse">Reads the page; called with a document that is there as a whole.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="RegistryRequestException">It did not succeed.</exception>
    public async Task<RegistryAnswer<TPage>> SendAsync<TPage>(
        Func<HttpRequestMessage> request, Func<ArraySegment<byte>, TPage> parse, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await KeepQuietAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await TrySendAsync(request, parse, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryRequestException e) when (e.IsTransient)
            {
                // After the last attempt only what it asks for itself holds for whoever calls next.
                var isLast = attempt == RegistryBackoff.Attempts;
                var pause = isLast ? TimeSpan.Zero : RegistryBackoff.After(attempt);
                if (e.RetryAfter > pause) pause = e.RetryAfter.Value;
                Volatile.Write(ref _quietUntil, Math.Max(Volatile.Read(ref _quietUntil), (time.GetUtcNow() + pause).UtcTicks));
                if (isLast) throw;
                Log.RequestRetried(logger, name, attempt, pause, e.Message);
            }
        }
    }

    private async Task KeepQuietAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks(Volatile.Read(ref _quietUntil) - time.GetUtcNow().UtcTicks);
        // Longer than any that begins: our clock was set back since.
        if (pause > RegistryBackoff.LongestRetryAfter + RegistryBackoff.LongestPause) return;
        if (pause > RegistryBackoff.LongestPause)
            throw new RegistryRequestException($"it asked not to be called again within {(int)Math.Ceiling(pause.TotalMinutes)} minutes");
        if (pause > TimeSpan.Zero) await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RegistryAnswer<TPage>> TrySendAsync<TPage>(
        Func<HttpRequestMessage> makeRequest, Func<ArraySegment<byte>, TPage> parse, CancellationToken cancellationToken)
    {
        using var request = makeRequest();
        // HTTP/2 where TLS agrees on it; on plain HTTP, which is this machine alone, it stays HTTP/1.1.
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue($"application/{format}"));
        using var timeout = new CancellationTokenSource(RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = http.CreateClient(clientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            CheckStatus(response);
            using var body = await RegistryDocument.ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            CheckType(response, body);
            return new RegistryAnswer<TPage>(parse(body.Bytes), Date(response));
        }
        // Whoever logs our exception logs all that it holds, and so it holds none of these.
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RegistryRequestException($"it did not answer in full within {RequestTimeout.TotalSeconds:0} seconds") { IsTransient = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RegistryRequestException(TransportFailure.Describe(e)) { IsTransient = true };
        }
        catch (RegistryFormatException e)
        {
            throw new RegistryRequestException($"its answer is malformed: {e.Message}", e) { IsTransient = true };
        }
    }

    private void CheckStatus(HttpResponseMessage response)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.OK || (IsSubmission(response) && response.IsSuccessStatusCode)) return;
        throw status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new RegistryRequestException($"it refused the credentials ({(int)status})") { Status = status },
            HttpStatusCode.ProxyAuthenticationRequired =>
                new RegistryRequestException("the proxy on the way to it asks for credentials (407)") { Status = status },
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                new RegistryRequestException($"it sent us elsewhere ({(int)status}), and the credentials must not follow; correct Root") { Status = status },
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new RegistryRequestException($"it answered {(int)status}") { Status = status, IsTransient = true, RetryAfter = RetryAfter(response) },
            _ => new RegistryRequestException($"it answered {(int)status}") { Status = status },
        };
    }

    private void CheckType(HttpResponseMessage response, RegistryDocument body)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        // To what was submitted the status is the answer, whatever words come with it; nobody says which. Only a page for people is no registry's.
        if (IsSubmission(response) && (body.IsEmpty || !body.IsPageForPeople(type))) return;
        if (!body.IsPageForPeople(type) && (type?.EndsWith('/' + format, StringComparison.OrdinalIgnoreCase) == true || type?.EndsWith('+' + format, StringComparison.OrdinalIgnoreCase) == true)) return;
        throw new RegistryRequestException($"its answer is no {format.ToUpperInvariant()}; perhaps a proxy or a log-in page answered") { IsTransient = true };
    }

    private static bool IsSubmission(HttpResponseMessage response) => response.RequestMessage?.Method is { } method && (method == HttpMethod.Put || method == HttpMethod.Post);

    /// <summary>What the registry's clock says, if that can be.</summary>
    private DateTimeOffset? Date(HttpResponseMessage response) =>
        response.Headers.Date is { } date && RegistryClock.IsPlausible(date - time.GetUtcNow()) ? date : null;

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (Date(response) ?? time.GetUtcNow()),
            _ => (TimeSpan?)null,
        };
        return asked > RegistryBackoff.LongestRetryAfter ? RegistryBackoff.LongestRetryAfter : asked;
    }
}
