using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>What docs/lists.md and the README show of lists and feedback.</summary>
internal static class ListSnippets
{
    public static void Register(WebApplicationBuilder builder, IConfiguration configuration)
    {
        // snippet: register
        builder.Services.AddTakeItDownMatching()
            .AddNcmecRegistry("npo", configuration.GetSection("Registries:Npo"))
            .AddNcmecRegistry("industry", configuration.GetSection("Registries:Industry"))
            .ConfigureList("industry", configuration.GetSection("Lists:Industry"));
        // end of snippet
    }

    public static void RegisterReportOnly(WebApplicationBuilder builder, IConfiguration configuration)
    {
        // snippet: report-only
        builder.Services.AddTakeItDownMatching(configuration.GetSection("Matching"))
            .AddNcmecRegistry("industry", configuration.GetSection("Registries:Industry"))
            .ConfigureList("industry", configuration.GetSection("Lists:Industry"));
        // end of snippet
    }

    public static async Task<object> Review(WebApplication app, IListFeedback feedback, Match match, ScanResult result, string[] reasonIds, CancellationToken ct)
    {
        // snippet: review
        app.MapGet("/review/reasons", (IListFeedback feedback, string list, string kind, CancellationToken ct) =>
            feedback.GetReasonsAsync(list, HashKindExtensions.FromName(kind), ct));
        await feedback.AffirmAsync(match, ct);
        await feedback.DisputeAsync(match, reasonIds, ct);
        var receipts = await feedback.AffirmAsync(result, ct); // all of a result, and what became of each match
        // end of snippet
        return receipts;
    }

    public static async Task Say(IListFeedback feedback, Match match, string[] reasonIds)
    {
        // snippet: feedback
        await feedback.AffirmAsync(match);             // the entry is right
        await feedback.DisputeAsync(match, reasonIds); // it is wrong, for reasons that feedback.GetReasonsAsync names
        // end of snippet
    }

    public static void UseProxy(WebApplicationBuilder builder, string proxyPassword, string certificatePassword)
    {
        // snippet: proxy
        builder.Services.AddHttpClient("TakeItDown.Ncmec/npo").UseSocketsHttpHandler((handler, _) =>
        {
            handler.Proxy = new WebProxy("http://proxy.internal:3128") { Credentials = new NetworkCredential("user", proxyPassword) };
            handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12FromFile("client.p12", certificatePassword)];
        });
        // end of snippet
    }

    public static bool IsDisputed(Match match)
    {
        // snippet: disputed
        var isDisputed = match.Feedback.Any(one => one.IsDispute && one.Kind == match.Kind);
        // end of snippet
        return isDisputed;
    }
}
