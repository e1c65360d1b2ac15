using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page.Browsers;

/// <summary>Debian's Firefox, which speaks WebDriver BiDi by itself: no geckodriver is needed.</summary>
internal sealed partial class Firefox : OtherBrowser
{
    public const string Program = "/usr/bin/firefox-esr";

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private string _context = "";
    private int _last;

    private Firefox(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    public static async Task<Firefox> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("takeitdown-firefox-");
        // The browser's own requests to its makers are not the page's, and there is nobody there to answer them.
        await File.WriteAllTextAsync(Path.Combine(profile.FullName, "user.js"), """
            user_pref("app.normandy.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("toolkit.telemetry.enabled", false);
            user_pref("intl.accept_languages", "en-GB, en");
            """);
        var start = new ProcessStartInfo(Program, ["--headless", "--no-remote", "--profile", profile.FullName, "--remote-debugging-port", "0"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = profile.FullName },
        };
        var process = Process.Start(start)!;
        var browser = new Firefox(process, profile);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await browser.ConnectAsync();
        return browser;
    }

    public override async Task OpenAsync(string address) =>
        await AskAsync("browsingContext.navigate", new JsonObject { ["context"] = _context, ["url"] = address, ["wait"] = "complete" });

    public override async Task<string> EvaluateAsync(string expression)
    {
        var answer = await AskAsync("script.evaluate", new JsonObject
        {
            ["expression"] = $"(async () => String(await ({expression})))()",
            ["target"] = new JsonObject { ["context"] = _context },
            ["awaitPromise"] = true,
            ["userActivation"] = true,
        });
        Assert.True((string?)answer["type"] == "success", answer.ToJsonString());
        return (string)answer["result"]!["value"]!;
    }

    protected override Task ClickAsync(string element) => EvaluateAsync($"{element}.click()");

    public override async Task ChooseAsync(params string[] paths)
    {
        var located = await AskAsync("browsingContext.locateNodes", new JsonObject
        {
            ["context"] = _context,
            ["locator"] = new JsonObject { ["type"] = "css", ["value"] = "input[type=file]" },
        });
        await AskAsync("input.setFiles", new JsonObject
        {
            ["context"] = _context,
            ["element"] = new JsonObject { ["sharedId"] = (string)located["nodes"]![0]!["sharedId"]! },
            ["files"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]),
        });
    }

    public override async Task GoBackAsync() => await AskAsync("browsingContext.traverseHistory", new JsonObject { ["context"] = _context, ["delta"] = -1 });

    public override async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await EndAsync(_process);
        _profile.Delete(recursive: true);
    }

    private async Task ConnectAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await _process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } found) continue;
            // What it says from now on is read and dropped, so that a full pipe does not stop it.
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            await _socket.ConnectAsync(new Uri(found.Groups[1].Value + "/session"), patience.Token);
            await AskAsync("session.new", new JsonObject { ["capabilities"] = new JsonObject() });
            var tree = await AskAsync("browsingContext.getTree", []);
            _context = (string)tree["contexts"]![0]!["context"]!;
            return;
        }
        Assert.Fail("Firefox does not say where it listens.");
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var id = ++_last;
        var question = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(question), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var message = await ReceiveAsync(patience.Token);
            if ((int?)message["id"] != id) continue;
            return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var piece = new byte[1 << 16];
        while (true)
        {
            var received = await _socket.ReceiveAsync(piece, cancellationToken);
            whole.Write(piece.AsSpan(0, received.Count));
            if (received.EndOfMessage) return JsonNode.Parse(whole.ToArray())!;
        }
    }

    [GeneratedRegex("WebDriver BiDi listening on (?<address>ws://\\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
