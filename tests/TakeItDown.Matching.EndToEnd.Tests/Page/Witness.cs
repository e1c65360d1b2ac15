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
/// A proxy between the browser and everything else. It keeps every request, passes on those to the registry and refuses the others,
/// so what the tests say about the network does not depend on what the browser says of itself.
/// </summary>
internal sealed class Witness(Uri registry) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exchange> _seen = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });
    private WebApplication? _app;

    public string Address => _app!.Urls.Single();

    public IReadOnlyList<Exchange> Seen => [.. _seen];

    public void Forget() => _seen.Clear();

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
        if (request.Host.Value != registry.Authority || HttpMethods.IsConnect(request.Method))
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
            return;
        }

        using var onward = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(registry, request.GetEncodedPathAndQuery()));
        if (body.Length > 0) onward.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in request.Headers)
        {
            if (!onward.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) onward.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        using var answer = await _client.SendAsync(onward, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
