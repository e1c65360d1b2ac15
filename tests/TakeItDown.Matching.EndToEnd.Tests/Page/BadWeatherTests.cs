using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What the page does not have: JavaScript, workers, a network, room on the screen. Each is met with a kind and true sentence.</summary>
public sealed class BadWeatherTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task Without_JavaScript_the_page_says_why_it_needs_it_and_what_to_do_when_threatened()
    {
        // A browser that is driven never takes this branch, so the file itself is read.
        using var client = new HttpClient();
        var html = await client.GetStringAsync(Address);
        var without = html[html.IndexOf("<noscript>", StringComparison.Ordinal)..html.IndexOf("</noscript>", StringComparison.Ordinal)];
        Assert.Contains("For that it needs JavaScript", without, StringComparison.Ordinal);
        Assert.Contains("don’t pay, keep the messages", without, StringComparison.Ordinal);
        Assert.Contains("href=\"https://childhelplineinternational.org/helplines/\"", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_workers_the_page_says_so_and_everything_else_works()
    {
        await Page.AddInitScriptAsync("delete window.Worker;");
        await Page.ReloadAsync();
        await PressAsync("Get Started");
        await Expect(Page.GetByText("The page could not get ready.")).ToBeVisibleAsync();
        await Expect(Files).ToBeDisabledAsync();
        await PressAsync("Get help");
        await SeeHeadingAsync("Get help");
    }

    [Fact]
    public async Task A_page_whose_worker_does_not_arrive_says_so()
    {
        await Page.RouteAsync("**/assets/worker-*.js", route => route.AbortAsync());
        await Page.ReloadAsync();
        await PressAsync("Get Started");
        await Expect(Page.GetByText("The page could not get ready.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_the_registry_does_not_tell_who_gets_the_list_the_page_says_that()
    {
        await Page.RouteAsync("**/api/about", route => route.AbortAsync());
        await Page.ReloadAsync();
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        await Expect(Page.GetByText("Which platforms get the list could not be loaded just now.")).ToBeVisibleAsync();
        await PressAsync("Back");
        await Page.UnrouteAllAsync();
        await PressAsync("Check what will be sent");
        await Expect(Page.GetByText("Only these participating platforms get the list: Example Platform.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Offline_at_looking_up_and_at_withdrawing_nothing_is_lost()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await SubmittedAsync();
        await PressAsync("I don’t want to keep it");
        await PressAsync("Your case");
        await Context.SetOfflineAsync(true);
        await PressAsync("Look up");
        await Expect(Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("could not be reached");
        await Context.SetOfflineAsync(false);
        await PressAsync("Look up");
        await PressAsync("Take the fingerprints off the list");
        await Context.SetOfflineAsync(true);
        await PressAsync("Yes, take them off");
        await Expect(Page.Locator("section .alarm")).ToContainTextAsync("could not be reached");
        await Context.SetOfflineAsync(false);
        await PressAsync("Yes, take them off");
        await Expect(Page.GetByText("Done. The fingerprints have been taken off the list.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360, 740, "200%")]
    [InlineData(320, 480, "200%")]
    [InlineData(360, 740, "100%")]
    public async Task Nothing_hides_what_has_the_focus(int width, int height, string text)
    {
        await Page.SetViewportSizeAsync(width, height);
        await Page.EvaluateAsync("size => document.documentElement.style.fontSize = size", text);
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg", "images/blank.jpg", "images/tiny.jpg", "images/shapes.jpg");
        await AssertFocusIsSeenAsync("choose");
        await PressAsync("Check what will be sent");
        await AssertFocusIsSeenAsync("review");
        await ScreenshotAsync($"state-text-{text.TrimEnd('%')}-{width}");
    }

    [Fact]
    public async Task The_first_load_is_small_and_what_is_hashed_is_kept_for_good()
    {
        await using var context = await Context.Browser!.NewContextAsync();
        var page = await context.NewPageAsync();
        List<IResponse> responses = [];
        page.Response += (_, response) => responses.Add(response);
        await page.GotoAsync(Address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var sizes = await Task.WhenAll(responses.Select(async response => (await response.Request.SizesAsync()).ResponseBodySize));
        Console.WriteLine($"first load: {sizes.Sum() / 1024.0:0.0} KB in {sizes.Length} files");
        Assert.InRange(sizes.Sum(), 1, 60 * 1024);
        foreach (var response in responses)
        {
            var isHashed = response.Url.Contains("/assets/", StringComparison.Ordinal);
            Assert.Equal((response.Url, isHashed), (response.Url, (await response.HeaderValueAsync("Cache-Control"))!.Contains("immutable", StringComparison.Ordinal)));
            if (isHashed) Assert.NotNull(await response.HeaderValueAsync("Content-Encoding"));
        }
        Assert.NotEqual("", await page.Locator("meta[name=description]").GetAttributeAsync("content"));
    }

    /// <summary>Walks through everything that takes the focus, there and back, and asks of each whether it is what lies on top in its middle.</summary>
    private async Task AssertFocusIsSeenAsync(string state)
    {
        foreach (var key in (string[])["Tab", "Shift+Tab"])
        {
            for (var i = 0; i < 40; i++)
            {
                await Page.Keyboard.PressAsync(key);
                var hidden = await Page.EvaluateAsync<string?>("""
                    () => {
                        let focused = document.activeElement;
                        if (focused === document.body || focused.closest('header, .way-on, .skip')) return null;
                        if (focused.type === 'file') focused = document.querySelector('label[for=files]');
                        const { left, top, width, height } = focused.getBoundingClientRect();
                        const tall = Math.min(height, innerHeight / 2);
                        const seen = [0.25, 0.75].some(part => {
                            const found = document.elementFromPoint(left + width / 2, top + tall * part);
                            return found && (focused.contains(found) || found.contains(focused));
                        });
                        return seen ? null : focused.outerHTML.slice(0, 200) + ` at ${top} of ${innerHeight}`;
                    }
                    """);
                Assert.True(hidden is null, $"{state}: {hidden}");
            }
        }
    }
}
