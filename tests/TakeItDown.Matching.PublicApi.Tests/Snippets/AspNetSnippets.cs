using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>What docs/aspnet.md shows.</summary>
internal static class AspNetSnippets
{
    public static void Accept(WebApplicationBuilder builder)
    {
        // snippet: accept
        builder.Services.Configure<UploadPolicyOptions>(options => options.Accept.Add(ScanReason.TooPlain));
        // end of snippet
    }

    public static void UsePolicy(WebApplicationBuilder builder, WebApplication app)
    {
        // snippet: use-policy
        builder.Services.AddSingleton<HoldMatches>();
        app.MapPost("/photos", (IFormFile photo) => Results.Ok(photo.Length))
            .ScanUploads<HoldMatches>()
            .DisableAntiforgery(); // or app.UseAntiforgery(): see above
        // end of snippet
    }

    public static void Group(WebApplication app)
    {
        // snippet: group
        var api = app.MapGroup("/api").ScanUploads();
        api.MapPost("/photos", (IFormFile photo) => Results.Ok(photo.Length));                // scanned
        api.MapPost("/words", (Dictionary<string, string> words) => Results.Ok(words.Count)); // JSON: left alone
        api.MapPost("/videos", UploadVideoAsync).DisableUploadScan();                         // scans by itself, see below
        // end of snippet

        // snippet: stream
        static async Task<IResult> UploadVideoAsync(HttpRequest request, IContentScanner scanner, CancellationToken cancelled)
        {
            if (!request.HasFormContentType) return Results.StatusCode(415);
            var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).ToString();
            if (boundary.Length is 0 or > 70) return Results.BadRequest();

            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancelled) is { } section)
            {
                if (section.AsFileSection() is null) continue; // a field of the form
                var path = Path.Combine("videos", $"{Guid.NewGuid():N}");
                var result = await scanner.ScanAsync(section.Body, new ScanOptions { Keep = (scanned, ct) => KeepAsync(scanned, path, ct) }, cancelled);
                if (result.IsTransient) return Results.StatusCode(503);
                if (result.Verdict != Verdict.NoMatch) return Results.UnprocessableEntity();
            }
            return Results.Ok();
        }

        static async ValueTask KeepAsync(ScannedContent scanned, string path, CancellationToken cancelled)
        {
            if (scanned.Result.Verdict != Verdict.NoMatch) return;
            await using var file = new FileStream(path, FileMode.CreateNew);
            await scanned.Content.CopyToAsync(file, cancelled);
        }
        // end of snippet
    }
}

// snippet: policy
internal sealed class HoldMatches(IOptions<UploadPolicyOptions> options, IMatchQueue matches) : RefuseUnlessClean(options)
{
    public override async ValueTask<IResult?> DecideAsync(UploadScan scan, CancellationToken cancelled = default)
    {
        if (scan.Result.Verdict == Verdict.Match) await matches.HoldAsync(scan.Result.Matches, cancelled);
        return await base.DecideAsync(scan, cancelled);
    }
}
// end of snippet

/// <summary>A platform's own.</summary>
internal interface IMatchQueue
{
    Task HoldAsync(IReadOnlyList<Match> matches, CancellationToken cancelled);
}
