using System.Text.Json;
using Microsoft.Playwright;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>A fresh browser profile at the page's start, and the steps a person takes.</summary>
[Collection(PageGroup.Name)]
public abstract class PageTest(PageFixture fixture) : IAsyncLifetime
{
    private IBrowserContext? _context;

    protected IPage Page { get; private set; } = null!;

    protected IBrowserContext Context => _context!;

    internal Witness Witness => fixture.Witness;

    protected string Address => fixture.Address;

    /// <summary>Messages of the browser's console: violations of the content security policy appear there.</summary>
    protected List<string> Complaints { get; } = [];

    protected virtual BrowserNewContextOptions Options => new() { Locale = "en-GB", ViewportSize = new() { Width = 1024, Height = 900 } };

    public async ValueTask InitializeAsync()
    {
        var browser = await fixture.BrowserAsync();
        _context = await browser.NewContextAsync(Options);
        Page = await _context.NewPageAsync();
        Page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add(message.Text); };
        Page.PageError += (_, error) => Complaints.Add(error);
        Witness.Forget();
        Witness.InPlaceOfAnswers = null;
        await Page.GotoAsync(fixture.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null) await _context.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task PressAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    protected Task SeeHeadingAsync(string text) => Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    /// <summary>Goes to the choosing of files and waits until the page says that it is ready.</summary>
    protected async Task BeginAsync()
    {
        await PressAsync("Get Started");
        await Expect(Files).ToBeEnabledAsync();
    }

    protected ILocator Files => Page.Locator("input[type=file]");

    protected ILocator Rows => Page.Locator(".files > li");

    protected ILocator Row(string file) => Rows.Filter(new() { Has = Page.GetByText(file, new() { Exact = true }) });

    /// <summary>Chooses fixtures, and waits until each of them has its fingerprints or its reason.</summary>
    protected async Task ChooseAsync(params IEnumerable<string> paths)
    {
        await Files.SetInputFilesAsync(paths.Select(path => Path.IsPathRooted(path) ? path : TestData.Fixture(path)));
        await SettleAsync();
    }

    protected Task SettleAsync() => Expect(Page.Locator("progress:visible")).ToHaveCountAsync(0, new() { Timeout = 30_000 });

    protected async Task SendAsync()
    {
        await PressAsync("Check what will be sent");
        await PressAsync("Send the fingerprints");
    }

    /// <summary>The one submission that left the browser.</summary>
    protected async Task<JsonElement> SubmittedAsync()
    {
        await SendAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        return JsonDocument.Parse(Witness.Seen.Single(seen => seen.Method == "PUT").Body).RootElement;
    }

    protected async Task ScreenshotAsync(string name)
    {
        // The bars that stay in place would otherwise lie across the middle of the picture.
        await Page.EvaluateAsync("() => { scrollTo(0, 0); document.querySelector('#page').classList.add('loose'); }");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(PageFixture.Screenshots, name + ".png"), FullPage = true });
    }
}
