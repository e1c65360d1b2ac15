using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>The sample of the README, compiled.</summary>
internal static class ReadmeSample
{
    public static WebApplication Create(string[] args)
    {
        // sample
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTakeItDownMatching()
            .AddNcmecRegistry("take-it-down", builder.Configuration.GetSection("TakeItDown"))
            .UseSqliteStore("lists.db");
        builder.Services.AddHealthChecks().AddTakeItDownLists();

        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapPost("/photos", (IFormFile photo) => Results.Ok(photo.Length))
            .DisableAntiforgery()
            .ScanUploads(upload => upload.Result.Verdict switch
            {
                Verdict.NoMatch => null,
                Verdict.ListUnavailable => Results.StatusCode(503),
                _ => Results.StatusCode(403),
            });
        // end of sample
        return app;
    }
}
