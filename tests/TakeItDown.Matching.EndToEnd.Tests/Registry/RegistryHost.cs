extern alias ReferenceRegistry;

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ReferenceRegistry::Registry;
using ReferenceRegistry::Registry.Faults;
using ReferenceRegistry::Registry.Storage;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

/// <summary>A registry on a free loopback port, with a database in a folder of its own and a clock that stands still until told.</summary>
internal sealed class RegistryHost : IAsyncDisposable
{
    public const long TakeItDown = 1, Platform = 7, Limited = 8, Other = 9;
    public static readonly XNamespace Ns = "https://hashsharing.ncmec.org/hashsharing/v2";
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private RegistryHost(WebApplication app, DirectoryInfo folder, StoppedClock clock, ConcurrentQueue<string> logs)
    {
        (_app, _folder, Clock, Logs) = (app, folder, clock, logs);
        Http = Client(user: null);
        Member = Client("platform");
    }

    public StoppedClock Clock { get; }

    public ConcurrentQueue<string> Logs { get; }

    /// <summary>A client without credentials: the person's.</summary>
    public HttpClient Http { get; }

    /// <summary>The client of a member that sees the whole list.</summary>
    public HttpClient Member { get; }

    public RegistryFaults Faults => _app.Services.GetRequiredService<RegistryFaults>();

    public RegistryStore Store => _app.Services.GetRequiredService<RegistryStore>();

    public ReadLog Reads => _app.Services.GetRequiredService<ReadLog>();

    public string Folder => _folder.FullName;

    public static Task<RegistryHost> StartAsync(params string[] settings) => StartAsync(configure: null, settings);

    public static async Task<RegistryHost> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("registry-");
        var clock = new StoppedClock(Start);
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--contentRoot", folder.FullName,
            "--Registry:Database", Path.Combine(folder.FullName, "registry.db"),
            "--Registry:SubmissionsPerMinute", "1000", "--Registry:LookupsPerMinute", "1000",
            .. MemberArgs(0, Platform, "Example Platform", "platform"), .. MemberArgs(1, Limited, "Limited Platform", "limited"),
            "--Registry:Members:1:Sees:0", "9", "--Registry:Members:2:Id", "9", "--Registry:Members:2:Name", "Another Member", .. settings,
        ];
        var logs = new ConcurrentQueue<string>();
        try
        {
            var app = RegistryApp.Create(args, builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<RegistryFaults>();
                builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new LogCollector(logs));
                configure?.Invoke(builder);
            });
            await app.StartAsync();
            return new RegistryHost(app, folder, clock, logs);
        }
        catch (OptionsValidationException)
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private static string[] MemberArgs(int index, long id, string name, string user) =>
    [
        $"--Registry:Members:{index}:Id", $"{id}", $"--Registry:Members:{index}:Name", name,
        $"--Registry:Members:{index}:User", user, $"--Registry:Members:{index}:Password", $"{user} password",
    ];

    public HttpClient Client(string? user, string? password = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
        if (user is not null)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password ?? user + " password"}"));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }
        return client;
    }

    /// <summary>Submits, and gives the case number and the secret.</summary>
    public async Task<(string Case, string Secret)> SubmitAsync(params string[] items)
    {
        using var response = await Http.PostAsync("/api/submissions", Json($$"""{"items":[{{string.Join(',', items)}}]}"""));
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        using var body = JsonDocument.Parse(answer);
        return (body.RootElement.GetProperty("case").GetString()!, body.RootElement.GetProperty("secret").GetString()!);
    }

    public async Task<HttpResponseMessage> CaseAsync(HttpMethod method, string number, string? secret)
    {
        using var request = new HttpRequestMessage(method, $"/api/submissions/{number}");
        if (secret is not null) request.Headers.Add("Withdrawal-Secret", secret);
        return await Http.SendAsync(request);
    }

    /// <summary>Reads one document of the members' side.</summary>
    public async Task<XElement> XmlAsync(string pathAndQuery, HttpClient? client = null)
    {
        using var response = await (client ?? Member).GetAsync("/npo" + pathAndQuery);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return XElement.Parse(body);
    }

    /// <summary>Reads a window page by page.</summary>
    public async Task<List<XElement>> PagesAsync(string query = "", HttpClient? client = null)
    {
        var pages = new List<XElement>();
        for (var next = "/v2/entries" + query; next is not null; next = Next(pages[^1])) pages.Add(await XmlAsync(next, client));
        return pages;
    }

    /// <summary>All entries and tombstones of a window, in the order they come in.</summary>
    public async Task<List<XElement>> EntriesAsync(string query = "", HttpClient? client = null) =>
        [.. (await PagesAsync(query, client)).SelectMany(Entries)];

    public static IEnumerable<XElement> Entries(XElement page) => page.Elements().Where(block => block.Name != Ns + "paging").Elements();

    public static string? Next(XElement page) => page.Element(Ns + "paging")?.Element(Ns + "next")?.Value;

    public static string Id(XElement entry) => entry.Element(Ns + "id")!.Value;

    /// <summary>The query of a window, in seconds from <see cref="Start"/>.</summary>
    public static string Window(int from, int to) => $"?from={Stamp(from)}&to={Stamp(to)}";

    public static string Stamp(int seconds) => Start.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>Stops taking requests, and waits for those under way.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Member.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A clock that moves when told; timers run by the machine's own.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
