using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.Registries;

/// <summary>The <see cref="HttpClient"/> that serves a registry.</summary>
internal static class RegistryHttp
{
    /// <summary>Registers the client, with its bounds.</summary>
    public static void AddRegistryHttpClient(this IServiceCollection services, string clientName) => services
        .AddHttpClient(clientName, Configure)
        .UseSocketsHttpHandler(static (handler, _) => Configure(handler))
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        // Addresses and headers are nobody's business; what matters is logged by the list stream itself.
        .RemoveAllLoggers();

    private static void Configure(HttpClient client)
    {
        // Time is bounded per request, by the time provider.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TakeItDown.Matching", productVersion: null));
    }

    /// <summary>Sees to it that credentials go to the registry alone, and that its address is looked up anew now and then.</summary>
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // A page of a thousand entries shrinks to a third. What is bounded is what comes out, see RegistryDocument. That secrets ride along is no danger
        // here: an answer repeats nothing of its request, and nobody who watches the line can choose what it holds (BREACH).
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli;
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
