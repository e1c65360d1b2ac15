using System.Text.Json;
using Microsoft.Playwright;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>Every state of the page, in both languages and both colour schemes, from a narrow phone to a desk: checked by axe, and photographed.</summary>
public sealed class AccessibilityTests(PageFixture fixture) : PageTest(fixture)
{
    protected override BrowserNewContextOptions Options => new()
    {
        Locale = "en-GB",
        ViewportSize = new() { Width = 320, Height = 640 },
        DeviceScaleFactor = 2,
        HasTouch = true,
        IsMobile = true,
        ReducedMotion = ReducedMotion.Reduce,
    };

    [Theory]
    [InlineData(320, "en", ColorScheme.Light)]
    [InlineData(320, "es", ColorScheme.Dark)]
    [InlineData(360, "es", ColorScheme.Light)]
    [InlineData(360, "en", ColorScheme.Dark)]
    [InlineData(1280, "en", ColorScheme.Light)]
    [InlineData(1280, "en", ColorScheme.Dark)]
    public async Task Every_state_of_the_page_meets_WCAG_2_2_AA(int width, string language, ColorScheme scheme)
    {
        await Page.SetViewportSizeAsync(width, 800);
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.Locator($"[data-language={language}]").TapAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        var state = 0;
        Task CheckAsync(string name) => CheckStateAsync($"{width}-{language}-{scheme.ToString().ToLowerInvariant()}-{++state}-{name}");

        await CheckAsync("start");
        await Page.Locator(".urgent").TapAsync();
        await CheckAsync("threat");
        await Page.GoBackAsync();
        await Page.Locator("main > .primary").TapAsync();
        await Expect(Files).ToBeEnabledAsync();
        await CheckAsync("choose");
        using var files = new MadeFiles();
        await Files.SetInputFilesAsync([
            TestData.Fixture("images/landscape.jpg"), TestData.Fixture("images/blank.jpg"), TestData.Fixture("images/landscape.tiff"),
            TestData.Fixture("images/bad/empty.jpg"), files.MakeEmptySpace("a-rather-long-name-of-a-video-from-that-summer-evening.mp4", 3L << 30),
        ]);
        await Expect(Rows.Last.Locator(".state")).ToContainTextAsync("%");
        await CheckAsync("hashing");
        await Rows.Last.Locator(".row-actions button").Last.TapAsync();
        await SettleAsync();
        await CheckAsync("ready");
        await Page.Locator(".way-on .primary").TapAsync();
        if (!await Page.Locator(".everything").EvaluateAsync<bool>("list => list.open")) await Page.Locator(".everything > summary").TapAsync();
        await Page.Locator(".files summary").First.TapAsync();
        await CheckAsync("review");
        await Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await Page.Locator("main > .primary").TapAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await CheckAsync("problem");
        await Page.UnrouteAllAsync();
        await Page.Locator("main > .primary").TapAsync();
        await Expect(Page.Locator(".steps li:last-child")).ToHaveAttributeAsync("aria-current", "step");
        await CheckAsync("done");
        await Page.Locator("nav > div:first-child button").Nth(1).TapAsync();
        await CheckAsync("not-kept");
        await Page.Locator(".not-kept .secondary").TapAsync();
        await Page.Locator("form button").TapAsync();
        await Expect(Page.Locator(".receipt")).ToBeVisibleAsync();
        await CheckAsync("case");
        await Page.Locator(".receipt button").TapAsync();
        await CheckAsync("withdraw");
        await Page.Locator("nav > div:first-child button").Nth(2).TapAsync();
        await CheckAsync("help");
    }

    [Theory]
    [InlineData("fr", 320)]
    [InlineData("pt", 360)]
    [InlineData("ar", 320)]
    [InlineData("ar", 1280)]
    [InlineData("uk", 320)]
    public async Task Drafts_fit_the_screen_and_meet_WCAG_too(string language, int width)
    {
        await using var registry = await PageFixture.StartRegistryAsync("--Registry:ShowDraftLanguages", "true");
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await Page.SetViewportSizeAsync(width, 740);
        await Page.Locator($"[data-language={language}]").TapAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await CheckStateAsync($"draft-{language}-{width}-1-start");
        await Page.Locator(".urgent").TapAsync();
        await CheckStateAsync($"draft-{language}-{width}-2-threat");
        await Page.Locator("main > .secondary").TapAsync();
        await Expect(Files).ToBeEnabledAsync();
        await Files.SetInputFilesAsync([TestData.Fixture("images/landscape.jpg"), TestData.Fixture("images/blank.jpg"), TestData.Fixture("images/bad/empty.jpg")]);
        await SettleAsync();
        await CheckStateAsync($"draft-{language}-{width}-3-ready");
        await Page.Locator(".way-on .primary").TapAsync();
        await CheckStateAsync($"draft-{language}-{width}-4-review");
        await Page.Locator("main > .primary").TapAsync();
        await Expect(Page.Locator(".steps li:last-child")).ToHaveAttributeAsync("aria-current", "step");
        await CheckStateAsync($"draft-{language}-{width}-5-done");
        await Page.Locator("nav > div:first-child button").Nth(1).TapAsync();
        await Page.Locator(".not-kept .secondary").TapAsync();
        await Page.Locator("form button").TapAsync();
        await Expect(Page.Locator(".receipt")).ToBeVisibleAsync();
        await CheckStateAsync($"draft-{language}-{width}-6-case");
        await Page.Locator("nav > div:first-child button").Nth(2).TapAsync();
        await CheckStateAsync($"draft-{language}-{width}-7-help");
    }

    [Theory]
    [InlineData(Contrast.More, ForcedColors.None)]
    [InlineData(Contrast.NoPreference, ForcedColors.Active)]
    public async Task With_high_contrast_every_mark_is_still_seen(Contrast contrast, ForcedColors forced)
    {
        await Page.EmulateMediaAsync(new() { Contrast = contrast, ForcedColors = forced });
        await CheckStateAsync($"contrast-{contrast}-{forced}-1-start");
        await Page.Locator("main > .primary").TapAsync();
        await Expect(Files).ToBeEnabledAsync();
        await ChooseAsync("images/landscape.jpg", "images/blank.jpg", "images/bad/empty.jpg");
        await CheckStateAsync($"contrast-{contrast}-{forced}-2-ready");
        foreach (var badge in await Page.Locator(".badge").AllAsync())
        {
            Assert.True(await badge.EvaluateAsync<bool>("badge => { const style = getComputedStyle(badge); return style.borderTopColor !== style.backgroundColor; }"));
        }
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_with_the_keyboard()
    {
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.GetByText("Skip to the page")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync("Get Started");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Expect(Files).ToBeEnabledAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Files).ToBeFocusedAsync();
        await ChooseAsync("images/tiny.jpg");
        await TabToAsync("Check what will be sent");
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync("Send the fingerprints");
        await Page.Keyboard.PressAsync("Space");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_page_speaks_the_language_of_the_browser_and_keeps_the_work_when_that_is_switched()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Español");
        await SeeHeadingAsync("Elige fotos y videos");
        await Expect(Row("tiny.jpg")).ToContainTextAsync("Protegido");
        await Expect(Page.Locator("[data-language=es]")).ToBeFocusedAsync();

        await using var spanish = await Context.Browser!.NewContextAsync(new() { Locale = "es-MX" });
        var page = await spanish.NewPageAsync();
        await page.GotoAsync(Address);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Empezar" })).ToBeVisibleAsync();
    }

    private async Task TabToAsync(string name)
    {
        var target = Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        for (var i = 0; i < 20; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }
        Assert.Fail($"The keyboard does not reach '{name}'.");
    }

    private async Task CheckStateAsync(string name)
    {
        await ScreenshotAsync(name);
        Assert.True(await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the screen.");
        // By the debugger's road, since the page's policy rightly forbids a script that is not its own.
        if (await Page.EvaluateAsync<bool>("() => !window.axe"))
        {
            await Page.EvaluateAsync(await File.ReadAllTextAsync(PageFixture.Axe) + "; undefined");
        }
        var found = await Page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                // Where the person's own colours are forced, axe still reads the page's.
                rules: { 'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches } },
            }))
                .violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))
            """);
        Assert.True(found.GetArrayLength() == 0, $"{name}: {found}");
    }
}
