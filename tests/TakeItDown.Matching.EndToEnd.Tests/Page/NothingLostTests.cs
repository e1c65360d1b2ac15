using System.Net;
using Microsoft.Playwright;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What the person needs to undo it is theirs before anything is sent, whatever becomes of the connection, the tab, or the page.</summary>
public sealed class NothingLostTests(PageFixture fixture) : PageTest(fixture)
{
    protected override BrowserNewContextOptions Options => new()
    {
        Locale = "en-GB",
        ViewportSize = new() { Width = 360, Height = 740 },
        AcceptDownloads = true,
        Permissions = ["clipboard-read", "clipboard-write"],
    };

    private ILocator Alert => Page.GetByRole(AriaRole.Alert);

    [Fact]
    public async Task An_answer_that_is_lost_does_not_make_a_second_case()
    {
        await using var registry = await OpenOwnRegistryAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        var codes = await CodesAsync();
        Witness.InPlaceOfAnswers = async () => Assert.Equal(1, await LiveAsync(registry));
        await PressAsync("Send the fingerprints");
        await Expect(Alert).ToContainTextAsync("could not be reached");
        Assert.Equal(codes, await CodesAsync());

        Witness.InPlaceOfAnswers = null;
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        Assert.Equal(codes, await CodesAsync());
        Assert.Equal(1, await LiveAsync(registry));

        using var withdrawn = await registry.CaseAsync(HttpMethod.Delete, codes[0], codes[1]);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(0, await LiveAsync(registry));
    }

    [Fact]
    public async Task What_was_kept_before_sending_finds_the_case_of_a_tab_that_closed()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        var (_, saved) = await SaveAsync();
        var codes = await CodesAsync();
        Assert.Equal($"Case number: {codes[0]}\nSecret code: {codes[1]}\nEnter both at {Address} under “Your case”.\n", saved);
        await Expect(Page.GetByText("Whoever uses this device too can see what you save or copy.")).ToBeVisibleAsync();
        var closed = new TaskCompletionSource();
        Page.Close += (_, _) => closed.SetResult();
        Witness.InPlaceOfAnswers = () => Page.CloseAsync();
        await PressAsync("Send the fingerprints");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var later = await Context.NewPageAsync();
        await later.GotoAsync(Address);
        await later.GetByRole(AriaRole.Button, new() { Name = "Your case" }).ClickAsync();
        await later.GetByLabel("Case number").FillAsync(codes[0]);
        await later.GetByLabel("Secret code").FillAsync(codes[1]);
        await later.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();
        await Expect(later.GetByText("The fingerprints of this case are on the list.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Adding_more_keeps_one_case_and_one_receipt()
    {
        await using var registry = await OpenOwnRegistryAsync();
        await ChooseAsync("images/tiny.jpg");
        await SendAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        var codes = await CodesAsync();
        var (name, _) = await SaveAsync();
        Assert.Equal("note.txt", name);
        await PressAsync("Add more photos or videos");
        await ChooseAsync("images/landscape.jpg", "images/tiny.jpg");
        await Expect(Row("tiny.jpg")).ToContainTextAsync("already chosen");
        await SendAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        await Expect(Page.GetByText("the fingerprints of 2 photos and videos now")).ToBeVisibleAsync();
        Assert.Equal(codes, await CodesAsync());
        Assert.Equal(2, await LiveAsync(registry));

        await PressAsync("Your case");
        await PressAsync("Look up");
        await PressAsync("Take the fingerprints off the list");
        await PressAsync("Yes, take them off");
        await Expect(Page.GetByText("Done. The fingerprints have been taken off the list.")).ToBeVisibleAsync();
        Assert.Equal(0, await LiveAsync(registry));

        // A withdrawn case takes nothing more: what comes now is another, with a code of its own.
        await PressAsync("Start");
        await PressAsync("Get Started");
        await ChooseAsync("images/tiny.jpg");
        await SendAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        Assert.NotEqual(codes, await CodesAsync());
        Assert.Equal(1, await LiveAsync(registry));
    }

    [Fact]
    public async Task Nobody_leaves_the_last_step_without_the_code_unless_they_do_not_want_it()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await SubmittedAsync();
        await MenuAsync("Get help");
        await Expect(Alert).ToContainTextAsync("You haven’t kept your code yet");
        await Expect(Alert).ToBeFocusedAsync();
        await Page.GoBackAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        await Expect(Alert).ToContainTextAsync("You haven’t kept your code yet");
        await PressAsync("Keep it first");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Save as a file" })).ToBeFocusedAsync();
        await Expect(Alert).ToHaveCountAsync(0);
        await MenuAsync("Get help");
        await Alert.GetByRole(AriaRole.Button, new() { Name = "I don’t want to keep it" }).ClickAsync();
        await SeeHeadingAsync("Get help");
        await Page.GoBackAsync();
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        await Page.GoBackAsync();
        await SeeHeadingAsync("Choose photos and videos");
    }

    [Fact]
    public async Task Back_goes_one_step_back_and_loses_nothing()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        var codes = await CodesAsync();
        await Page.GoBackAsync();
        await SeeHeadingAsync("Choose photos and videos");
        await Expect(Row("tiny.jpg")).ToContainTextAsync("Protected");
        await Page.GoForwardAsync();
        await SeeHeadingAsync("Check what will be sent");
        Assert.Equal(codes, await CodesAsync());
        await PressAsync("Back");
        await SeeHeadingAsync("Choose photos and videos");
        await Page.GoBackAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Get Started" })).ToBeVisibleAsync();
        await PressAsync("Get Started");
        await Expect(Row("tiny.jpg")).ToContainTextAsync("Protected");
    }

    [Fact]
    public async Task A_server_that_hangs_is_said_to_and_leaves_the_choice()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        var codes = await CodesAsync();
        var never = new TaskCompletionSource();
        await Page.RouteAsync("**/api/**", _ => never.Task);
        await PressAsync("Send the fingerprints");
        await Expect(Page.GetByText("Still trying. The answer takes longer than usual.").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await ScreenshotAsync("state-still-trying");
        await PressAsync("Stop trying");
        await Expect(Alert).ToContainTextAsync("nothing gets on the list twice");
        await Expect(Alert).ToBeFocusedAsync();
        never.SetResult();
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        Assert.Equal(codes, await CodesAsync());
    }

    [Fact]
    public async Task After_leaving_fast_neither_back_nor_forward_shows_what_was_there()
    {
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync(Address);
        await Context.RouteAsync("https://www.wikipedia.org/", route => route.FulfillAsync(new() { Body = "an encyclopedia" }));
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await PressAsync("Check what will be sent");
        await PressAsync("Leave fast");
        await Page.WaitForURLAsync("https://www.wikipedia.org/");
        await Page.GoForwardAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Get Started" })).ToBeVisibleAsync();
        await PressAsync("Get Started");
        await Expect(Files).ToBeEnabledAsync();
        await Expect(Rows).ToHaveCountAsync(0);
    }

    private async Task<RegistryHost> OpenOwnRegistryAsync()
    {
        var registry = await PageFixture.StartRegistryAsync();
        await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
        await BeginAsync();
        return registry;
    }

    private Task MenuAsync(string name) => Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

    private Task<IReadOnlyList<string>> CodesAsync() => Page.Locator(".receipt code").AllTextContentsAsync();

    private async Task<(string Name, string Text)> SaveAsync()
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => PressAsync("Save as a file"));
        await Expect(Page.GetByText("Saved as a file named note.txt.")).ToBeVisibleAsync();
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return (download.SuggestedFilename, await reader.ReadToEndAsync());
    }

    private static async Task<int> LiveAsync(RegistryHost registry)
    {
        registry.Clock.Now = registry.Clock.Now.AddSeconds(5);
        var entries = await registry.EntriesAsync();
        return entries.Count(entry => !entry.Name.LocalName.StartsWith("deleted", StringComparison.Ordinal));
    }
}
