using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Playwright;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

[CollectionDefinition(Name)]
public sealed class PageGroup : ICollectionFixture<PageFixture>
{
    public const string Name = "the person's page";
}

/// <summary>Debian's Chromium, started once, looking at the built page through a <see cref="Witness"/>.</summary>
public sealed class PageFixture : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string Sources = Path.Combine(TestData.Root, "reference", "Registry", "web");

    private RegistryHost? _registry;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private bool _isBuilt;

    internal Witness Witness { get; private set; } = null!;

    /// <summary>Where the page is.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where screenshots of the page are kept for people to look at.</summary>
    public static string Screenshots { get; } = Path.Combine(TestData.Root, "artifacts", "screenshots");

    /// <summary>The accessibility checker, as npm installed it beside the page.</summary>
    public static string Axe { get; } = Path.Combine(Sources, "node_modules", "axe-core", "axe.min.js");

    /// <summary>The browser; the first test that asks builds the page and starts everything.</summary>
    public async Task<IBrowser> BrowserAsync()
    {
        Need.Program(Chromium, "Chromium (Debian package chromium)");
        await BuildPageAsync();
        if (_browser is not null) return _browser;
        _registry = await StartRegistryAsync();
        Address = _registry.Http.BaseAddress!.ToString();
        Witness = new Witness();
        await Witness.StartAsync();
        _playwright = await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Proxy = new() { Server = Witness.Address },
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Builds the page, once.</summary>
    public async Task BuildPageAsync()
    {
        Need.That(await BuildsThePageAsync(), "Node.js 20.19 or newer, which builds the page, is absent.");
        if (_isBuilt) return;
        await BuildAsync();
        _isBuilt = true;
    }

    /// <summary>A registry that serves the built page.</summary>
    internal static Task<RegistryHost> StartRegistryAsync(params string[] settings) =>
        RegistryHost.StartAsync(["--webroot", Path.Combine(Sources, "..", "wwwroot"), .. settings]);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Witness is not null) await Witness.DisposeAsync();
        if (_registry is not null) await _registry.DisposeAsync();
    }

    /// <summary>Whether the Node.js on the PATH is there and new enough.</summary>
    private static async Task<bool> BuildsThePageAsync()
    {
        try
        {
            return Version.TryParse((await RunAsync("node", "--version")).Output.TrimStart('v'), out var version) && version >= new Version(20, 19);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task BuildAsync()
    {
        var (succeeded, output) = await RunAsync(Path.Combine(Sources, "build.sh"));
        Assert.True(succeeded, "The page could not be built:\n" + output);
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = await Task.WhenAll(run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        return (run.ExitCode == 0, string.Concat(output));
    }
}
