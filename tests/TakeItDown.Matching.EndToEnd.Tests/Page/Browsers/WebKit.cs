using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace TakeItDown.Matching.EndToEnd.Tests.Page.Browsers;

/// <summary>WebKitGTK, the nearest to Safari that Debian has, by WebDriver. It has no headless mode, so it draws on a screen that nobody sees.</summary>
internal sealed class WebKit : OtherBrowser
{
    public const string Driver = "/usr/bin/WebKitWebDriver";
    public const string Screen = "/usr/bin/Xvfb";
    private const string ElementKey = "element-6066-11e4-a52e-4f735466cecf";

    private readonly List<Process> _processes = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(120) };
    private string _session = "";

    /// <summary>The small browser that comes with the library.</summary>
    public static string? MiniBrowser => Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu*")
            .SelectMany(folder => Directory.GetDirectories(folder, "webkit2gtk-4.*"))
            .Select(folder => Path.Combine(folder, "MiniBrowser")).Where(File.Exists).Order().LastOrDefault()
        : null;

    public static async Task<WebKit> StartAsync()
    {
        var browser = new WebKit();
        var screen = browser.Run(Screen, ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], display: null);
        var display = ":" + await screen.StandardOutput.ReadLineAsync();
        var port = FreePort();
        browser.Run(Driver, [$"--port={port}"], display);
        browser._http.BaseAddress = new Uri($"http://127.0.0.1:{port}/");
        await browser.BeginAsync();
        return browser;
    }

    public override Task OpenAsync(string address) => PostAsync("url", new JsonObject { ["url"] = address });

    public override async Task<string> EvaluateAsync(string expression)
    {
        var script = $"const done = arguments[0]; (async () => String(await ({expression})))().then(done, error => done('error: ' + error));";
        return (string)(await PostAsync("execute/async", new JsonObject { ["script"] = script, ["args"] = new JsonArray() }))!;
    }

    protected override async Task ClickAsync(string element)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await ClickOnceAsync(element);
                return;
            }
            catch (InvalidOperationException stale) when (stale.Message.Contains("stale element", StringComparison.Ordinal) && tries < 10)
            {
                await Task.Delay(100); // the page was shown anew between the two
            }
        }
    }

    private async Task ClickOnceAsync(string element)
    {
        // In the middle, clear of what stays in place at the edges.
        var script = $"const wanted = {element}; wanted.scrollIntoView({{ block: 'center' }}); return wanted;";
        var found = await PostAsync("execute/sync", new JsonObject { ["script"] = script, ["args"] = new JsonArray() });
        await PostAsync($"element/{(string)found![ElementKey]!}/click", []);
    }

    public override async Task ChooseAsync(params string[] paths)
    {
        var found = await PostAsync("element", new JsonObject { ["using"] = "css selector", ["value"] = "input[type=file]" });
        await PostAsync($"element/{(string)found![ElementKey]!}/value", new JsonObject { ["text"] = string.Join('\n', paths) });
    }

    public override Task GoBackAsync() => PostAsync("back", []);

    public override async ValueTask DisposeAsync()
    {
        if (_session.Length > 0) (await _http.DeleteAsync(new Uri(_session, UriKind.Relative))).Dispose();
        _http.Dispose();
        foreach (var process in _processes.AsEnumerable().Reverse()) await EndAsync(process);
    }

    private async Task BeginAsync()
    {
        var options = new JsonObject { ["binary"] = MiniBrowser, ["args"] = new JsonArray("--automation") };
        var wanted = new JsonObject { ["capabilities"] = new JsonObject { ["alwaysMatch"] = new JsonObject { ["webkitgtk:browserOptions"] = options } } };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync("session", wanted);
                var body = await answer.Content.ReadFromJsonAsync<JsonNode>();
                Assert.True(answer.IsSuccessStatusCode, body!.ToJsonString());
                _session = $"session/{(string)body!["value"]!["sessionId"]!}";
                return;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100); // the driver has not begun to listen
            }
        }
    }

    private async Task<JsonNode?> PostAsync(string command, JsonObject body)
    {
        using var answer = await _http.PostAsJsonAsync($"{_session}/{command}", body);
        var told = await answer.Content.ReadFromJsonAsync<JsonNode>();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{command}: {told!.ToJsonString()}");
        return told!["value"]?.DeepClone();
    }

    private Process Run(string program, string[] arguments, string? display)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["LIBGL_ALWAYS_SOFTWARE"] = "1";
        start.Environment["WEBKIT_DISABLE_DMABUF_RENDERER"] = "1";
        start.Environment["LC_ALL"] = "C.UTF-8";
        if (display is not null) start.Environment["DISPLAY"] = display;
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
