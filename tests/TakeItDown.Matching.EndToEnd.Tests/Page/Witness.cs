using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>One request as it left the browser.</summary>
internal sealed record Exchange(string Method, string Url, string Headers, byte[] Body)
{
    /// <summary>Everything that the request carried, byte for byte.</summary>
    public byte[] Everything => [.. Encoding.UTF8.GetBytes(Method + Url + Headers), .. Body];
}

/// <summary>
/// A proxy between the browser and everything else. It keeps every request, passes on those to this machine and refuses the others,
/// so what the tests say about the network does not depend on what the browser says of itself.
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    private static readonly string[] s_maker = [".google.com", ".googleapis.com"];
    private readonly ConcurrentQueue<Exchange> _seen = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private WebApplication? _app;

    public string Address => _app!.Urls.Single();

    /// <summary>Every request, the browser's own included: now and then it asks its maker for updates, whatever its switches say.</summary>
    public IReadOnlyList<Exchange> All => [.. _seen];

    /// <summary>Every request but the browser's own to its maker.</summary>
    public IReadOnlyList<Exchange> Seen => [.. _seen.Where(seen => !IsToMaker(new Uri(seen.Url).Host))];

    public void Forget() => _seen.Clear();

    /// <summary>
    /// What happens in place of each answer to a submission: the request has arrived, and nobody hears of it. Until it is unset, since
    /// Chromium asks again by itself where a connection breaks.
    /// </summary>
    public Func<Task>? InPlaceOfAnswers { get; set; }

    /// <summary>The answer, or null where nobody listens: the browser should then see a broken connection too.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static bool IsToMaker(string host) => s_maker.Any(maker => host.EndsWith(maker, StringComparison.Ordinal));

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(PassOnAsync);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        _seen.Enqueue(new Exchange(request.Method, request.GetEncodedUrl(), headers, body.ToArray()));
        if (request.Host.Host != "127.0.0.1" || HttpMethods.IsConnect(request.Method))
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
            return;
        }

        using var onward = new HttpRequestMessage(new HttpMethod(request.Method), request.GetEncodedUrl());
        if (body.Length > 0) onward.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in request.Headers)
        {
            IEnumerable<string?> values = value;
            if (!onward.Headers.TryAddWithoutValidation(name, values)) onward.Content?.Headers.TryAddWithoutValidation(name, values);
        }
        using var answer = await SendAsync(onward, context.RequestAborted);
        if (answer is null)
        {
            context.Abort();
            return;
        }
        if (InPlaceOfAnswers is { } instead && HttpMethods.IsPut(request.Method))
        {
            await instead();
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
