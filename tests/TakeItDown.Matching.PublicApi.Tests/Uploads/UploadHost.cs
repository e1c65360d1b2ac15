using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.PublicApi.Tests.Uploads;

/// <summary>A platform with two upload endpoints on a free loopback port; a list of one digest; and a policy that a test can set.</summary>
internal sealed class UploadHost : IAsyncDisposable
{
    public static readonly byte[] Listed = "content that is on the list"u8.ToArray();

    private readonly WebApplication _app;

    private UploadHost(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    /// <summary>Every scan that the policy was asked about.</summary>
    public ConcurrentQueue<UploadScan> Asked { get; } = new();

    /// <summary>How often a handler ran.</summary>
    public int Handled { get; private set; }

    public Func<UploadScan, IResult?> Policy { get; set; } = scan => scan.Result.Verdict == Verdict.Match ? Results.StatusCode(451) : null;

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<UploadHost> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddTakeItDownMatching();
        builder.Services.AddControllers().AddApplicationPart(typeof(UploadHost).Assembly);
        builder.Services.AddHealthChecks().AddTakeItDownLists();
        if (configure is null) builder.Services.AddSingleton<IListSource>(new TestList("test", Listed));
        configure?.Invoke(builder.Services);
        UploadHost? host = null;
        builder.Services.AddSingleton(_ => host!);
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapPost("/form", (HttpContext context) => host!.Handle(context)).Accepts<IFormFile>("multipart/form-data").ScanUploads(scan => host!.Decide(scan));
        app.MapPost("/bound", (IFormFileCollection files, HttpContext context) => host!.Handle(context)).DisableAntiforgery().ScanUploads(scan => host!.Decide(scan));
        app.MapControllers().ScanUploads(scan => ValueTask.FromResult(host!.Decide(scan)));
        await app.Services.GetRequiredService<IListManager>().RefreshAsync(cancellationToken: TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return host = new UploadHost(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async Task<HttpResponseMessage> PostAsync(string address, params byte[][] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent("a field"), "field" } };
        foreach (var file in files) form.Add(new ByteArrayContent(file), "files", "name.jpg");
        return await Client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    public IResult Handle(HttpContext context)
    {
        Handled++;
        return Results.Ok(context.Request.HasFormContentType ? context.Request.Form.Files.Sum(file => file.Length) : -1);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private IResult? Decide(UploadScan scan)
    {
        Asked.Enqueue(scan);
        return Policy(scan);
    }
}

/// <summary>An endpoint as controllers have it.</summary>
[ApiController]
public sealed class UploadController : ControllerBase
{
    [HttpPost("/controller")]
    public IActionResult Upload(IFormFileCollection files)
    {
        ArgumentNullException.ThrowIfNull(files);
        HttpContext.RequestServices.GetRequiredService<UploadHost>().Handle(HttpContext);
        return Ok(files.Sum(file => file.Length));
    }
}
