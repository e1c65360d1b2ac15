using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>An app that a test maps by itself, on a free loopback port: a real server, with a list that holds one picture.</summary>
internal sealed class UploadApp : IAsyncDisposable
{
    public static readonly byte[] Listed = File.ReadAllBytes(TestData.Fixture("images/landscape.jpg"));

    public static readonly byte[] Clean = File.ReadAllBytes(TestData.Fixture("images/fractal.jpg"));

    private readonly WebApplication _app;
    private readonly FakeLogCollector _logs;

    private UploadApp(WebApplication app, HttpClient client, FakeLogCollector logs) => (_app, Client, _logs) = (app, client, logs);

    public HttpClient Client { get; }

    /// <summary>What the package for ASP.NET Core warned of.</summary>
    public IEnumerable<string> Warnings => _logs.GetSnapshot().Where(log => log.Id.Id == 300).Select(log => log.Message);

    /// <summary>Starts an app.</summary>
    /// <param name="map">Maps its endpoints.</param>
    /// <param name="configure">Registers what they need.</param>
    /// <param name="list">The list; null for the one that holds <see cref="Listed"/>.</param>
    public static async Task<UploadApp> StartAsync(Action<WebApplication> map, Action<IServiceCollection>? configure = null, IListSource? list = null)
    {
        var builder = WebApplication.CreateBuilder();
        var logs = new FakeLogCollector();
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(logs));
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddTakeItDownMatching();
        builder.Services.AddSingleton(list ?? new TestList("test", Listed));
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.Services.GetRequiredService<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new UploadApp(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) }, logs);
    }

    public async Task<HttpResponseMessage> PostFormAsync(string address, params byte[][] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var file in files) form.Add(new ByteArrayContent(file), "photo", "name.jpg");
        return await Client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> PostAsync(string address, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        return await Client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostJsonAsync(string address) => PostAsync(address, "application/json", Encoding.UTF8.GetBytes("{}"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
