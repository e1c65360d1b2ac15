using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>The way out, in a hurry or by mistake.</summary>
public sealed class LeavingTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task Leaving_quickly_takes_the_page_out_of_the_history()
    {
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync(Address);
        await Context.RouteAsync("https://www.wikipedia.org/", route => route.FulfillAsync(new() { Body = "an encyclopedia" }));
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg");
        await PressAsync("Check what will be sent");
        var entries = await Page.EvaluateAsync<int>("() => history.length");

        await PressAsync("Leave fast");
        await Page.WaitForURLAsync("https://www.wikipedia.org/");
        Assert.Equal(entries, await Page.EvaluateAsync<int>("() => history.length"));
        Assert.Equal("", await Page.EvaluateAsync<string>("() => document.referrer"));
        await Page.GoBackAsync();
        await Expect(Page).ToHaveURLAsync("about:blank");
    }

    [Fact]
    public async Task Leaving_by_mistake_asks_first_once_there_is_something_to_lose()
    {
        List<string> asked = [];
        Page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            await dialog.DismissAsync();
        };
        await BeginAsync();
        await Page.GotoAsync("about:blank");
        Assert.Empty(asked);

        await Page.GotoAsync(Address);
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await Assert.ThrowsAsync<PlaywrightException>(() => Page.GotoAsync("about:blank"));
        await SubmittedAsync();
        await Assert.ThrowsAsync<PlaywrightException>(() => Page.GotoAsync("about:blank"));
        Assert.Equal(["beforeunload", "beforeunload"], asked);
    }
}
