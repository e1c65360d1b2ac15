using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Tests.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries;

/// <summary>Compression, HTTP/2, client certificates and proxies, against real servers on loopback.</summary>
public sealed class TransportTests
{
    private const string Entry = "<images count=\"1\"><image><member id=\"42\">M</member><timestamp>2026-01-01T00:00:00Z</timestamp><id>a</id>"
        + "<fingerprints><md5>0123456789abcdef0123456789abcdef</md5></fingerprints></image></images>";

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_answer_is_asked_for_and_read(string encoding)
    {
        string? asked = null;
        await using var server = await ServeAsync(async context =>
        {
            asked = context.Request.Headers.AcceptEncoding;
            await WriteAsync(context, encoding, "application/xml", System.Text.Encoding.UTF8.GetBytes(FakeRegistry.Document(Entry)));
        });
        using var host = Host(server);

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1, host.Status.Entries);
        Assert.Contains(encoding, asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_small_answer_that_becomes_a_long_one_is_read_no_further_than_any_other(string encoding)
    {
        // A gibibyte of spaces.
        var bomb = await CompressAsync(encoding, async stream =>
        {
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 1024; i++) await stream.WriteAsync(spaces);
        });
        await using var server = await ServeAsync(context => WriteRawAsync(context, encoding, "application/xml", bomb));
        using var host = Host(server);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Contains("its answer is longer than 64 MB", (await host.RefreshAsync()).Error, StringComparison.Ordinal);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 600 << 20);
    }

    [Theory]
    [InlineData("gzip", "spoilt")]
    [InlineData("br", "spoilt")]
    public async Task A_compressed_answer_that_is_spoilt_is_an_error_in_words(string encoding, string says)
    {
        var page = await CompressAsync(encoding, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(FakeRegistry.Document(Entry))).AsTask());
        for (var i = 12; i < page.Length; i++) page[i] ^= 0x5A;
        await using var server = await ServeAsync(context => WriteRawAsync(context, encoding, "application/xml", page));
        using var host = Host(server);

        Assert.Contains(says, (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_2_is_spoken_where_TLS_agrees_on_it_and_a_client_certificate_is_shown()
    {
        using var certificate = Certificate("localhost");
        using var mine = Certificate("platform");
        (string? Protocol, string? Shown) seen = default;
        await using var server = await ServeAsync(
            context =>
            {
                seen = (context.Request.Protocol, context.Connection.ClientCertificate?.Thumbprint);
                return Answers.Write(context, "application/xml", FakeRegistry.Document(Entry));
            },
            https =>
            {
                https.ServerCertificate = certificate;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            });
        using var host = Host(server, handler =>
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint;
            handler.SslOptions.ClientCertificates = [mine];
        });

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(("HTTP/2", mine.Thumbprint), seen);
    }

    [Fact]
    public async Task Errors_say_whose_certificate_is_wrong_or_missing()
    {
        using var certificate = Certificate("localhost");
        await using var server = await ServeAsync(context => context.Response.CompleteAsync(), https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
            https.SslProtocols = System.Security.Authentication.SslProtocols.Tls13;
        });

        using var untrusting = Host(server);
        Assert.Contains("its certificate is not trusted here", (await untrusting.RefreshAsync()).Error, StringComparison.Ordinal);

        // The server's own certificate, made a moment ago, and no other.
        using var nameless = Host(server, handler => handler.SslOptions.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint);
        Assert.Contains("asks for a client certificate", (await nameless.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "the proxy asks for credentials (407)")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "the proxy did not lead to it")]
    public async Task Errors_say_what_a_proxy_wants(string answer, string says)
    {
        using var proxy = new RawServer(answer);
        using var host = new SyncHost(new SwiftTime(), builder => Add(builder, new Uri("https://registry.example/npo"), handler => handler.Proxy = new WebProxy(proxy.Root)));

        Assert.Contains(says, (await host.RefreshAsync()).Error, StringComparison.Ordinal);
    }

    private static SyncHost Host(WebApplication server, Action<SocketsHttpHandler>? configure = null) =>
        new(new SwiftTime(), builder => Add(builder, new Uri(server.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/npo"), configure));

    private static void Add(IMatchingBuilder builder, Uri root, Action<SocketsHttpHandler>? configure)
    {
        builder.AddNcmecRegistry("test", options =>
        {
            (options.Root, options.UserName, options.Password) = (root, "x", "y");
            options.Members.Add("*");
        });
        // As docs/lists.md shows it.
        if (configure is not null) builder.Services.AddHttpClient("TakeItDown.Ncmec/test").UseSocketsHttpHandler((handler, _) => configure(handler));
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer, Action<HttpsConnectionAdapterOptions>? https = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (https is not null) listen.UseHttps(https);
        }));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static async Task WriteAsync(HttpContext context, string encoding, string type, byte[] content) =>
        await WriteRawAsync(context, encoding, type, await CompressAsync(encoding, stream => stream.WriteAsync(content).AsTask()));

    private static async Task WriteRawAsync(HttpContext context, string encoding, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentEncoding = encoding;
        await context.Response.Body.WriteAsync(content);
    }

    private static async Task<byte[]> CompressAsync(string encoding, Func<Stream, Task> write)
    {
        using var compressed = new MemoryStream();
        await using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.Fastest) : new GZipStream(compressed, CompressionLevel.Fastest)) await write(stream);
        return compressed.ToArray();
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        var now = TimeProvider.System.GetUtcNow();
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
