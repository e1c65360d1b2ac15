using Microsoft.Playwright;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What the person knows before sending and learns afterwards: who gets what, what it does, who can help.</summary>
public sealed class KnowingTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task The_first_screen_of_a_phone_has_the_promise_the_way_in_and_a_way_for_who_is_threatened()
    {
        await Page.SetViewportSizeAsync(360, 740);
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Get Started" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(Page.GetByText("The picture never leaves this device.")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Is somebody threatening you right now?" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await PressAsync("Is somebody threatening you right now?");
        await SeeHeadingAsync("If somebody is threatening you");
        foreach (var advice in (string[])["Don’t pay.", "Keep the proof", "report them in the app", "call a helpline"])
        {
            await Expect(Page.Locator("main ol")).ToContainTextAsync(advice);
        }
        await PressAsync("See who can help near you");
        await SeeHeadingAsync("Get help");
    }

    [Fact]
    public async Task Before_sending_the_person_reads_who_gets_what_and_what_not_to_do_afterwards()
    {
        await using var registry = await PageFixture.StartRegistryAsync("--Registry:Keeper", "The Example Trust");
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        foreach (var fact in (string[])
        [
            "hashes, which are digital fingerprints", "added to a secure list", "The Example Trust keeps the list.",
            "Only these participating platforms get the list: Example Platform.", "only in public places and in messages that aren’t encrypted",
            "Don’t post or send these pictures afterwards", "may block your account", "the person in them was under 18",
        ])
        {
            await Expect(Page.Locator("main")).ToContainTextAsync(fact);
        }
        await MenuAsync("Start");
        foreach (var question in (string[])["18 or older", "a parent, or an adult the child trusts", "don’t have the picture", "still post or send", "Who will know", "undo it"])
        {
            await Page.Locator("summary", new() { HasText = question }).ClickAsync();
        }
        await Expect(Page.GetByText("Please don’t download it")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "StopNCII.org" })).ToHaveAttributeAsync("href", "https://stopncii.org/");
        await ScreenshotAsync("state-questions");
    }

    [Fact]
    public async Task Your_case_tells_which_platforms_have_fetched_it_and_when()
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await SendAsync();
        await PressAsync("I don’t want to keep it");
        await MenuAsync("Your case");
        await PressAsync("Look up");
        await Expect(Page.GetByText("0 of 1 participating platform has fetched your fingerprints.")).ToBeVisibleAsync();
        await Expect(Page.Locator(".platforms li")).ToHaveTextAsync("Example Platform: not yet");
        registry.Clock.Now = RegistryHost.Start.AddDays(2);
        await registry.EntriesAsync();
        await PressAsync("Look up");
        await Expect(Page.GetByText("1 of 1 participating platform has fetched your fingerprints.")).ToBeVisibleAsync();
        await Expect(Page.Locator(".platforms li")).ToContainTextAsync("Example Platform: fetched on");
        await ScreenshotAsync("state-case-fetched");
    }

    [Fact]
    public async Task Help_near_the_person_comes_first_with_its_source_and_the_rest_behind_a_search()
    {
        await using var mexican = await Context.Browser!.NewContextAsync(new() { Locale = "es-MX" });
        var page = await mexican.NewPageAsync();
        await page.GotoAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pedir ayuda" }).ClickAsync();
        await Expect(page.Locator("main h3").First).ToHaveTextAsync("México");
        await Expect(page.Locator("main a").First).ToHaveTextAsync("Te Protejo México");
        await Expect(page.Locator(".places .hint").First).ToContainTextAsync("Fuente: teprotejomexico.org");
        await Expect(page.GetByText("España")).ToBeHiddenAsync();
        await page.Locator("main summary").ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("espana");
        await Expect(page.Locator("#countries h3")).ToHaveTextAsync(["España"]);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("atlantis");
        await Expect(page.GetByText("En esta lista no hay ningún país con ese nombre.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Drafts_are_offered_only_where_the_registry_says_so_and_say_that_they_are()
    {
        await Expect(Page.Locator("[data-language]")).ToHaveTextAsync(["English", "Español"]);
        await using var registry = await PageFixture.StartRegistryAsync("--Registry:ShowDraftLanguages", "true");
        await using var ukrainian = await Context.Browser!.NewContextAsync(new() { Locale = "uk-UA" });
        var page = await ukrainian.NewPageAsync();
        await page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await Expect(page.Locator("[data-language]")).ToHaveCountAsync(6);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.Locator("[data-language=ar]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page.Locator(".draft")).ToContainTextAsync("This translation is a draft.");
    }

    private Task MenuAsync(string name) => Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
}
