using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TakeItDown.Matching.Tests.Registries.StopNcii;

/// <summary>A hash of the fake list.</summary>
internal sealed record FakeHash(string Type, string Value, string Status, DateTimeOffset Changed)
{
    public object ToJson() => new
    {
        lastModtimestamp = Changed.ToUnixTimeSeconds(),
        hashValue = Value,
        hashStatus = Status,
        caseNumbers = new Dictionary<string, string> { ["a case"] = Status },
        signalType = Type,
        hashRegions = new[] { "UK" },
        CSPFeedbacks = new[] { new { source = "a platform", feedbackValue = "Blocked", tags = new[] { "a tag" } } },
    };
}

/// <summary>StopNCII.org on loopback: real HTTP, pages by token, and whatever fault a test asks for.</summary>
internal sealed class FakeStopNcii : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string, string), FakeHash> _hashes = new();

    private FakeStopNcii(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Root { get; private set; } = null!;

    public int PageSize { get; set; } = 1000;

    /// <summary>What the registry's clock is ahead of the test's.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>What it says the next set should be asked for from; null for what its clock says.</summary>
    public DateTimeOffset? NextSet { get; set; }

    /// <summary>The query of every request.</summary>
    public ConcurrentQueue<IQueryCollection> Requests { get; } = new();

    public string? LastKeys { get; private set; }

    /// <summary>Answers instead of the list where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    public static async Task<FakeStopNcii> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new FakeStopNcii(app, time);
        app.Run(registry.AnswerAsync);
        await app.StartAsync();
        registry.Root = new Uri(app.Urls.Single() + "/v1/");
        return registry;
    }

    /// <summary>What was submitted as feedback, as its keys and its document.</summary>
    public ConcurrentQueue<(string Keys, string Document)> Feedback { get; } = new();

    /// <summary>What a page's count says beyond the number of its records.</summary>
    public int Miscount { get; set; }

    /// <summary>Whether a page has a count.</summary>
    public bool HasCount { get; set; } = true;

    public void Put(FakeHash hash) => _hashes[(hash.Type, hash.Value)] = hash;

    public static Task WriteAsync(HttpContext context, object page)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(JsonSerializer.Serialize(page));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        Requests.Enqueue(query);
        LastKeys = $"{context.Request.Headers["x-functions-key"]} {context.Request.Headers["Ocp-Apim-Subscription-Key"]}";
        context.Response.GetTypedHeaders().Date = _time.GetUtcNow() + Skew;
        if (Fault is { } fault && await fault(context)) return;
        if (context.Request.Path == "/v1/SubmitFeedback" && context.Request.Method == HttpMethods.Post)
        {
            using var reader = new StreamReader(context.Request.Body);
            Feedback.Enqueue((LastKeys, await reader.ReadToEndAsync()));
            return;
        }
        if (context.Request.Path != "/v1/FetchHashes")
        {
            context.Response.StatusCode = 404;
            return;
        }
        var since = long.Parse(query["startTimestamp"]!, CultureInfo.InvariantCulture);
        var token = query["nextPageToken"].ToString();
        // The token holds what an address must escape.
        var from = 0;
        if (token.Length > 0 && !(token.StartsWith("+/=&?", StringComparison.Ordinal) && int.TryParse(token.AsSpan(5), CultureInfo.InvariantCulture, out from)))
        {
            context.Response.StatusCode = 400;
            return;
        }
        var all = _hashes.Values.Where(hash => hash.Changed.ToUnixTimeSeconds() >= since).OrderBy(hash => hash.Value, StringComparer.Ordinal).ToList();
        var page = all.Skip(from).Take(PageSize).Select(hash => hash.ToJson()).ToList();
        await WriteAsync(context, new
        {
            count = HasCount ? (int?)(page.Count + Miscount) : null,
            nextPageToken = $"+/=&?{from + PageSize}",
            nextSetTimestamp = (NextSet ?? _time.GetUtcNow() + Skew).ToUnixTimeSeconds(),
            hasMoreRecords = from + PageSize < all.Count,
            hashRecords = page,
        });
    }
}
