extern alias UploadApiSample;

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;
using UploadApiSample::UploadApi;
using UploadApiSample::UploadApi.Staff;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>The platform sample on a free loopback port, with its photos and its list store in a folder that outlives a restart.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    public const string Password = "platform password";

    private static readonly string StaffHash = StaffPasswords.Hash(StaffClient.Password);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("platform-");
    private readonly StoryClock _clock;
    private readonly string[] _settings;
    private readonly Action<WebApplicationBuilder>? _configure;
    private WebApplication _app = null!;

    private PlatformHost(StoryClock clock, string[] settings, Action<WebApplicationBuilder>? configure) => (_clock, _settings, _configure) = (clock, settings, configure);

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The platform's own people, who sign in when they first do something.</summary>
    public StaffClient Staff { get; private set; } = null!;

    public ConcurrentQueue<string> Logs { get; } = new();

    public string Folder => _folder.FullName;

    public string Store => Path.Combine(Folder, "lists.db");

    public ListStatus List => _app.Services.GetRequiredService<IListManager>().Lists[0];

    /// <summary>How many photos were kept.</summary>
    public int Photos => Directory.GetFiles(Path.Combine(Folder, "photos")).Length;

    public static Task<PlatformHost> StartAsync(RegistryHost registry, StoryClock clock, params string[] settings) =>
        StartAsync(registry, clock, configure: null, settings);

    public static async Task<PlatformHost> StartAsync(RegistryHost registry, StoryClock clock, Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var root = new Uri(registry.Http.BaseAddress!, "npo").AbsoluteUri;
        var host = new PlatformHost(clock, ["--TakeItDown:Registry:Root", root, "--TakeItDown:Registry:UserName", "platform", "--TakeItDown:Registry:Members:0", "*", .. settings], configure);
        await host.StartAsync();
        return host;
    }

    /// <summary>Stops, and starts again with what is in the folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Changes the password while the platform runs, as a rotated secret does.</summary>
    public void SetPassword(string password)
    {
        _app.Configuration["TakeItDown:Registry:Password"] = password;
        ((IConfigurationRoot)_app.Configuration).Reload();
    }

    /// <summary>Refreshes the lists now, and gives what changed on the first.</summary>
    public async Task<RefreshResult> RefreshAsync()
    {
        using var answer = await Staff.PostAsync("/lists/refresh");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<List<RefreshResult>>())![0];
    }

    /// <summary>Lets half hours pass until a poll has brought about what is waited for.</summary>
    public async Task PollUntilAsync(Func<bool> reached)
    {
        for (var polls = 0; !reached(); polls++)
        {
            Assert.True(polls < 20, "The polls of ten hours did not bring it about.");
            _clock.Move(TimeSpan.FromMinutes(35));
            for (var waits = 0; waits < 25 && !reached(); waits++) await Task.Delay(20);
        }
    }

    /// <summary>Uploads a fixture's bytes, under a name that tells nothing.</summary>
    public async Task<(HttpStatusCode Status, string Body)> UploadAsync(string fixture, byte[]? bytes = null)
    {
        using var photo = new ByteArrayContent(bytes ?? await File.ReadAllBytesAsync(TestData.Fixture($"images/{fixture}")));
        photo.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { photo, "photo", "private-name.jpg" } };
        using var answer = await Http.PostAsync("/photos", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the platform answers to an upload.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(string fixture) => (await UploadAsync(fixture)).Status;

    /// <summary>What a kept photo's bytes are.</summary>
    public async Task<byte[]> PhotoAsync(string uploadAnswer)
    {
        using var answer = JsonDocument.Parse(uploadAnswer);
        return await Http.GetByteArrayAsync($"/photos/{answer.RootElement.GetProperty("id").GetGuid()}");
    }

    /// <summary>The health as the endpoint tells it, and the operator's explanation.</summary>
    public async Task<(string Answer, string Explanation)> HealthAsync()
    {
        var report = await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        using var answer = await Http.GetAsync("/health");
        return (await answer.Content.ReadAsStringAsync(), Assert.Single(report.Entries).Value.Description ?? "");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--contentRoot", Folder, "--Photos", Path.Combine(Folder, "photos"),
            "--Staff:PasswordHash", StaffHash, "--TakeItDown:Store", Store, "--TakeItDown:Matching:TemporaryDirectory", Folder, .. _settings,
        ];
        _app = UploadApp.Create(args, builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("TakeItDown:Registry:Password", Password)]);
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new LogCollector(Logs));
            _configure?.Invoke(builder);
        });
        var before = Refreshes;
        await _app.StartAsync();
        // The first refresh runs beside the start. A clock that is moved under it looks to it like one that jumps.
        for (var waits = 0; Refreshes < before + _app.Services.GetRequiredService<IListManager>().Lists.Count; waits++)
        {
            Assert.True(waits < 1000, "The first refresh did not end.");
            await Task.Delay(20);
        }
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Staff = new StaffClient(Http.BaseAddress);
    }

    /// <summary>How many refreshes ended, well or not.</summary>
    private int Refreshes => Logs.Count(line => line.Contains("is refreshed", StringComparison.Ordinal) || line.Contains("could not be refreshed", StringComparison.Ordinal));

    private async Task StopAsync()
    {
        Http.Dispose();
        Staff.Dispose();
        await _app.DisposeAsync();
    }
}
