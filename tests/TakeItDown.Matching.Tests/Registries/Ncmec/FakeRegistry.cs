using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

/// <summary>An entry of the fake registry; one without hashes given is a tombstone if it says so.</summary>
internal sealed record FakeEntry(string Member, string Id, DateTimeOffset Timestamp, params (string Kind, string Value)[] Hashes)
{
    public bool IsVideo { get; init; }

    public bool IsDeleted { get; init; }

    public string? Classification { get; init; }

    public string ToXml()
    {
        var kind = IsVideo ? "video" : "image";
        var time = Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (IsDeleted)
        {
            kind = IsVideo ? "deletedVideo" : "deletedImage";
            return $"<{kind}><member id=\"{Member}\">A member</member><timestamp>{time}</timestamp><id>{Id}</id></{kind}>";
        }
        var hashes = string.Concat(Hashes.Select(hash => $"<{hash.Kind}>{hash.Value}</{hash.Kind}>"));
        var classification = Classification is null ? "" : $"<classification>{Classification}</classification>";
        return $"<{kind}><member id=\"{Member}\">A member</member><timestamp>{time}</timestamp><id>{Id}</id>{classification}<fingerprints>{hashes}</fingerprints></{kind}>";
    }
}

/// <summary>What a registry may mean by <c>max</c>: how many entries the window has, or where the next page ends. Or it has none.</summary>
public enum FakeMaximum
{
    Total,
    PageEnd,
    None,
}

/// <summary>A registry on loopback: real HTTP, pages by offset, and whatever fault a test asks for.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    public const string Namespace = "https://hashsharing.ncmec.org/hashsharing/v2";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Member, string Id), FakeEntry> _entries = new();

    private FakeRegistry(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Root { get; private set; } = null!;

    public int PageSize { get; set; } = 1000;

    /// <summary>What the registry's clock is ahead of the test's.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>What <c>next</c> says as its <c>max</c>.</summary>
    public FakeMaximum Maximum { get; set; }

    /// <summary>Which entries are numbered, and then not shown, by their numbers from 0.</summary>
    public Func<int, bool> Hides { get; set; } = _ => false;

    /// <summary>Whether the address of a page is another every time.</summary>
    public bool IsVolatile { get; set; }

    /// <summary>What a block's count says beyond the number of its records.</summary>
    public int Miscount { get; set; }

    /// <summary>The path and query of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Every request's target as it came, before the server made sense of it.</summary>
    public ConcurrentQueue<string> RawTargets { get; } = new();

    /// <summary>What was put as feedback, as its path and its document.</summary>
    public ConcurrentQueue<(string Path, string Document)> Feedback { get; } = new();

    /// <summary>The document of reasons for feedback; null where it is not found.</summary>
    public string? Reasons { get; set; } = $"<availableFeedbackReasons xmlns=\"{Namespace}\"><reason guid=\"a-reason\" name=\"Another picture\" type=\"Md5\"/></availableFeedbackReasons>";

    /// <summary>The members by their ids; null where they are not found. They are not among <see cref="Requests"/>, nor does <see cref="Fault"/> touch them.</summary>
    public Dictionary<string, string>? Members { get; set; } = new() { ["42"] = "A member", ["7"] = "Another member" };

    public string? LastCredentials { get; private set; }

    /// <summary>Answers instead of the registry where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    public static async Task<FakeRegistry> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new FakeRegistry(app, time);
        app.Run(registry.AnswerAsync);
        await app.StartAsync();
        registry.Root = new Uri(app.Urls.Single() + "/npo");
        return registry;
    }

    public void Put(FakeEntry entry) => _entries[(entry.Member, entry.Id)] = entry;

    public static string Document(string content) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><queryResult xmlns=\"{Namespace}\">{content}</queryResult>";

    public static async Task WriteAsync(HttpContext context, string xml)
    {
        context.Response.ContentType = "application/xml; charset=utf-8";
        await context.Response.WriteAsync(xml);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/npo/v2/members" && Members is not null)
        {
            var members = Members.Select(member => $"<member id=\"{member.Key}\">{WebUtility.HtmlEncode(member.Value)}</member>");
            await WriteAsync(context, $"<members xmlns=\"{Namespace}\">{string.Concat(members)}</members>");
            return;
        }
        Requests.Enqueue(request.Path + request.QueryString);
        RawTargets.Enqueue(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        LastCredentials = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization.ToString()["Basic ".Length..]));
        context.Response.GetTypedHeaders().Date = _time.GetUtcNow() + Skew;
        if (Fault is { } fault && await fault(context)) return;
        if (request.Path == "/npo/v2/entries") await WriteAsync(context, Page(request.Query));
        else if (request.Path.Value!.EndsWith("/reasons", StringComparison.Ordinal) && Reasons is not null) await WriteAsync(context, Reasons);
        else if (request.Method == HttpMethods.Put) await TakeFeedbackAsync(context);
        else context.Response.StatusCode = 404;
    }

    private async Task TakeFeedbackAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Feedback.Enqueue((context.Request.Path, await reader.ReadToEndAsync()));
        await WriteAsync(context, $"<submissionResult xmlns=\"{Namespace}\"/>");
    }

    private string Page(IQueryCollection query)
    {
        var (from, to) = (Time(query["from"]!), Time(query["to"]!));
        var start = int.Parse(query["start"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);
        var all = _entries.Values.Where(entry => entry.Timestamp > from && entry.Timestamp <= to).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        var page = all.Index().Skip(start - 1).Take(PageSize).Where(entry => !Hides(entry.Index)).Select(entry => entry.Item).ToList();
        var xml = new StringBuilder();
        Append("images", page.Where(entry => !entry.IsVideo));
        Append("videos", page.Where(entry => entry.IsVideo));
        if (start - 1 + PageSize < all.Count)
        {
            var maximum = Maximum switch
            {
                FakeMaximum.Total => $"&amp;max={all.Count}",
                FakeMaximum.PageEnd => $"&amp;max={start - 1 + (2 * PageSize)}",
                _ => "",
            };
            xml.Append(CultureInfo.InvariantCulture, $"<paging><next>/v2/entries?from={query["from"]}&amp;to={query["to"]}&amp;start={start + PageSize}&amp;size={PageSize}{maximum}{(IsVolatile ? $"&amp;issued={Requests.Count}" : "")}</next></paging>");
        }
        return Document(xml.ToString());

        void Append(string block, IEnumerable<FakeEntry> entries)
        {
            var records = entries.Select(entry => entry.ToXml()).ToList();
            if (records.Count > 0) xml.Append(CultureInfo.InvariantCulture, $"<{block} count=\"{records.Count + Miscount}\">").AppendJoin("", records).Append(CultureInfo.InvariantCulture, $"</{block}>");
        }
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
