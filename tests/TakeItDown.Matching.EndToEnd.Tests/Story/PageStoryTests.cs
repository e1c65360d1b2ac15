using Microsoft.Playwright;
using TakeItDown.Matching.EndToEnd.Tests.Page;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static System.Net.HttpStatusCode;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>The same story, begun and ended by a person at the page, in a real browser.</summary>
public sealed class PageStoryTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task A_picture_chosen_on_the_page_is_refused_at_the_platform_until_it_is_withdrawn_on_the_page()
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await SubmitAsync(registry, "images/landscape.jpg");
        await ScreenshotAsync("story-submitted");
        var codes = await Page.Locator(".receipt code").AllTextContentsAsync();
        clock.Settle();
        Assert.Null((await platform.RefreshAsync()).Error);
        foreach (var guise in (string[])["landscape.jpg", "landscape-q40.jpg", "landscape-exif6.jpg", "landscape.webp"])
        {
            Assert.Equal((guise, UnprocessableEntity), (guise, await platform.StatusOfAsync(guise)));
        }
        Assert.Equal(Created, await platform.StatusOfAsync("shapes.jpg"));

        await Page.ReloadAsync();
        await PressAsync("Your case");
        await Page.GetByLabel("Case number").FillAsync(codes[0]);
        await Page.GetByLabel("Secret code").FillAsync(codes[1]);
        await PressAsync("Look up");
        await PressAsync("Take the fingerprints off the list");
        await PressAsync("Yes, take them off");
        await Expect(Page.GetByText("Done. The fingerprints have been taken off the list.")).ToBeVisibleAsync();
        await ScreenshotAsync("story-withdrawn");
        clock.Settle();
        Assert.Equal(1, (await platform.RefreshAsync()).Removals);
        Assert.Equal(Created, await platform.StatusOfAsync("landscape-exif6.jpg"));
    }

    [Fact]
    public async Task A_HEIC_photo_is_refused_as_the_JPEG_that_everybody_posts()
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await SubmitAsync(registry, "images/landscape.heic");
        clock.Settle();
        await platform.RefreshAsync();
        foreach (var posted in (string[])["landscape.jpg", "landscape-q40.jpg", "landscape.webp"])
        {
            Assert.Equal((posted, UnprocessableEntity), (posted, await platform.StatusOfAsync(posted)));
        }
        Assert.Equal(Created, await platform.StatusOfAsync("shapes.jpg"));
    }

    [Fact]
    public async Task After_a_lost_answer_the_codes_shown_before_sending_withdraw_everything()
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg");
        await PressAsync("Check what will be sent");
        var codes = await Page.Locator(".receipt code").AllTextContentsAsync();
        Witness.InPlaceOfAnswers = () => Task.CompletedTask;
        await PressAsync("Send the fingerprints");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be reached");
        Witness.InPlaceOfAnswers = null;
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        clock.Settle();
        await platform.RefreshAsync();
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));

        await Person.WithdrawAsync(registry, (codes[0], codes[1]));
        clock.Settle();
        await platform.RefreshAsync();
        Assert.Equal(Created, await platform.StatusOfAsync("landscape-q40.jpg"));
    }

    [Fact]
    public async Task A_picture_that_EXIF_turns_is_submitted_as_displayed_and_found_the_other_way_up()
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await SubmitAsync(registry, "images/landscape-exif6.jpg");
        clock.Settle();
        await platform.RefreshAsync();
        foreach (var upright in (string[])["landscape.jpg", "landscape-half.jpg", "landscape.png"])
        {
            Assert.Equal((upright, UnprocessableEntity), (upright, await platform.StatusOfAsync(upright)));
        }
        Assert.Equal(Created, await platform.StatusOfAsync("landscape-rotated90.jpg"));
    }

    private async Task SubmitAsync(RegistryHost registry, string fixture)
    {
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await BeginAsync();
        await ChooseAsync(fixture);
        await SendAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
    }
}
