using TakeItDown.Matching.EndToEnd.Tests.Page;
using TakeItDown.Matching.EndToEnd.Tests.Page.Browsers;
using TakeItDown.Matching.Tests;
using static System.Net.HttpStatusCode;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>The person's story in Firefox and in WebKit, as Debian ships them: chosen, sent, refused at the platform, withdrawn, let through.</summary>
[Collection(PageGroup.Name)]
public sealed class OtherBrowsersTests(PageFixture fixture)
{
    [Fact]
    public async Task In_Firefox()
    {
        Need.Program(Firefox.Program, "Firefox (Debian package firefox-esr)");
        await fixture.BuildPageAsync();
        await using var browser = await Firefox.StartAsync();
        await TellAsync(browser);
    }

    [Fact]
    public async Task In_WebKit()
    {
        Need.Program(WebKit.Driver, "WebKitWebDriver (Debian package webkit2gtk-driver)");
        Need.Program(WebKit.Screen, "Xvfb (Debian package xvfb)");
        Need.That(WebKit.MiniBrowser is not null, "WebKitGTK's MiniBrowser is absent.");
        await fixture.BuildPageAsync();
        await using var browser = await WebKit.StartAsync();
        await TellAsync(browser);
    }

    private static async Task TellAsync(OtherBrowser browser)
    {
        await using var registry = await PageFixture.StartRegistryAsync();
        var clock = new StoryClock(registry);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await browser.OpenAsync(registry.Http.BaseAddress!.ToString());
        await browser.PressAsync("Get Started");
        await browser.UntilAsync("document.querySelector('input[type=file]')?.disabled", "false");
        await browser.ChooseAsync(TestData.Fixture("images/landscape.heic"), TestData.Fixture("images/shapes.jpg"), TestData.Fixture("images/bad/text.jpg"));
        await browser.UntilAsync("document.querySelector('.status').textContent", "2 protected, 1 left out");

        await browser.PressAsync("Check what will be sent");
        await browser.GoBackAsync();
        await browser.SeeHeadingAsync("Choose photos and videos");
        await browser.PressAsync("Check what will be sent");
        var codes = (await browser.EvaluateAsync("[...document.querySelectorAll('.receipt code')].map(code => code.textContent).join(' ')")).Split(' ');
        await browser.PressAsync("Send the fingerprints");
        await browser.SeeHeadingAsync("Done. The fingerprints are on the list.");
        clock.Settle();
        Assert.Null((await platform.RefreshAsync()).Error);
        // The photo was a HEIC; what is posted is a JPEG of it.
        foreach (var posted in (string[])["landscape.jpg", "landscape-q40.jpg", "shapes-half.jpg"])
        {
            Assert.Equal((posted, UnprocessableEntity), (posted, await platform.StatusOfAsync(posted)));
        }

        await browser.PressAsync("Get help");
        await browser.SeeAsync("You haven’t kept your code yet");
        await browser.PressAsync("I don’t want to keep it");
        await browser.SeeHeadingAsync("Get help");
        await browser.PressAsync("Your case");
        await browser.FillAsync("#case", codes[0]);
        await browser.FillAsync("#secret", codes[1]);
        await browser.PressAsync("Look up");
        await browser.SeeAsync("1 of 1 participating platform has fetched your fingerprints.");
        await browser.PressAsync("Take the fingerprints off the list");
        await browser.PressAsync("Yes, take them off");
        await browser.SeeAsync("Done. The fingerprints have been taken off the list.");
        clock.Settle();
        await platform.RefreshAsync();
        Assert.Equal(Created, await platform.StatusOfAsync("landscape-q40.jpg"));
    }
}
