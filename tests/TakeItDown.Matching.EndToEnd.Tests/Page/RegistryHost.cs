using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>The registry that the page talks to.</summary>
internal static class RegistryHost
{
    public static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var files = new PhysicalFileProvider(Path.Combine(TestData.Root, "samples", "Registry", "wwwroot"));
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
                "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
            return next(context);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        var cases = new ConcurrentDictionary<string, (string Secret, string State, int Items)>();
        app.MapPost("/api/submissions", (JsonElement body) =>
        {
            var items = body.GetProperty("items").GetArrayLength();
            var number = $"TEST-CASE-{cases.Count:0000}";
            cases[number] = ("a-secret-of-this-test", "listed", items);
            return Results.Json(new { @case = number, secret = "a-secret-of-this-test", items }, statusCode: 201);
        });
        app.MapGet("/api/submissions/{number}", (string number, HttpRequest request) =>
            cases.TryGetValue(number, out var found) && request.Headers["Withdrawal-Secret"] == found.Secret
                ? Results.Json(new { @case = number, state = found.State, submitted = "2026-01-02T03:04:05Z", items = found.Items })
                : Results.Problem(statusCode: 404));
        app.MapDelete("/api/submissions/{number}", (string number, HttpRequest request) =>
        {
            if (!cases.TryGetValue(number, out var found) || request.Headers["Withdrawal-Secret"] != found.Secret) return Results.Problem(statusCode: 404);
            cases[number] = found with { State = "withdrawn" };
            return Results.NoContent();
        });
        await app.StartAsync();
        return app;
    }
}
