using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>After sending: the receipt, looking a case up, withdrawing it, and what can go wrong.</summary>
public sealed class CaseTests(PageFixture fixture) : PageTest(fixture)
{
    protected override BrowserNewContextOptions Options => new() { Locale = "en-GB", Permissions = ["clipboard-read", "clipboard-write"] };

    private ILocator Alert => Page.GetByRole(AriaRole.Alert);

    [Fact]
    public async Task A_case_can_be_copied_looked_up_and_withdrawn()
    {
        var (number, secret) = await SubmitOneAsync();
        await PressAsync("Copy");
        await Expect(Page.GetByText("Copied.")).ToBeVisibleAsync();
        Assert.Equal($"Case number: {number}\nSecret code: {secret}\nEnter both at {Address} under “Your case”.\n", await Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        // As a person comes back later: a new page that remembers nothing, and a case number typed in a hurry.
        await Page.ReloadAsync();
        await PressAsync("Your case");
        await LookUpAsync(" " + number.ToLowerInvariant().Replace('-', ' '), secret);
        await Expect(Page.GetByText("The fingerprints of this case are on the list.").First).ToBeVisibleAsync();

        await PressAsync("Take the fingerprints off the list");
        await PressAsync("No, keep them on the list");
        await PressAsync("Take the fingerprints off the list");
        await PressAsync("Yes, take them off");
        await Expect(Page.GetByText("Done. The fingerprints have been taken off the list.")).ToBeVisibleAsync();
        await PressAsync("Look up");
        await Expect(Page.GetByText("have been taken off the list.").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Take the fingerprints off the list" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_paper_there_is_the_receipt_and_nothing_else()
    {
        var (number, secret) = await SubmitOneAsync();
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await ScreenshotAsync("print");
        var seen = await Page.EvaluateAsync<string>("() => document.body.innerText");
        Assert.Contains(number, seen, StringComparison.Ordinal);
        Assert.Contains(secret, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Leave fast", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("What now", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_case_look_the_same()
    {
        var (number, _) = await SubmitOneAsync();
        await PressAsync("I don’t want to keep it");
        await PressAsync("Your case");
        List<string> told = [];
        foreach (var (tried, secret) in new[] { (number, "not-the-secret"), ("ABCD-EFGH-JKLM", "not-the-secret"), (number, "señal 😀") })
        {
            await LookUpAsync(tried, secret);
            await Expect(Alert).ToContainTextAsync("No case was found");
            told.Add((await Alert.TextContentAsync())!);
        }
        Assert.Single(told.Distinct());
        await LookUpAsync("", "");
        await Expect(Alert).ToHaveTextAsync("Please enter both the case number and the secret code.");
    }

    [Fact]
    public async Task A_busy_registry_and_one_that_has_gone_away_are_told_apart_and_nothing_is_lost()
    {
        await using (var registry = await PageFixture.StartRegistryAsync("--Registry:SubmissionsPerMinute", "1"))
        {
            await Page.GotoAsync(registry.Http.BaseAddress!.ToString());
            await SubmitOneAsync();
            await PressAsync("I don’t want to keep it");
            await PressAsync("Add more photos or videos");
            await ChooseAsync("images/landscape.jpg");
            await SendAsync();
            await Expect(Alert).ToContainTextAsync("There were too many tries from your connection. Please wait");
        }
        await PressAsync("Send the fingerprints");
        await Expect(Alert).ToContainTextAsync("could not be reached");
        await Expect(Page.GetByText("On your device: landscape.jpg")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(429, "90", "Please wait 2 minutes and try again")]
    [InlineData(429, "1", "Please wait 1 second and try again")]
    [InlineData(400, null, "did not accept this")]
    [InlineData(413, null, "too much for one time")]
    [InlineData(503, null, "has a problem at the moment")]
    public async Task When_the_registry_refuses_nothing_is_lost(int status, string? retryAfter, string explanation)
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await Page.RouteAsync("**/api/**", route => route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = retryAfter is null ? [] : [new("Retry-After", retryAfter)],
            Body = """{"title":"refused"}""",
        }));
        await SendAsync();
        await Expect(Alert).ToContainTextAsync(explanation);
        await Expect(Alert).ToBeFocusedAsync();
        await Page.UnrouteAllAsync();
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
    }

    [Theory]
    [InlineData("""{"unexpected":true}""")]
    [InlineData("<html>a hotel's welcome page</html>")]
    public async Task An_answer_that_is_no_receipt_is_not_taken_for_one(string body)
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await Page.RouteAsync("**/api/**", route => route.FulfillAsync(new() { Status = 201, Body = body }));
        await SendAsync();
        await Expect(Alert).ToContainTextAsync("has a problem at the moment");
    }

    [Fact]
    public async Task Pressing_send_twice_sends_once()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        var answer = new TaskCompletionSource();
        var requests = 0;
        await Page.RouteAsync("**/api/**", async route =>
        {
            requests++;
            await answer.Task;
            await route.ContinueAsync();
        });
        await SendAsync();
        await PressWhileBusyAsync("Sending…");
        await PressAsync("Español");
        await PressWhileBusyAsync("Enviando…");
        answer.SetResult();
        await SeeHeadingAsync("Listo. Las huellas están en la lista.");
        Assert.Equal(1, requests);
    }

    /// <summary>A button that is busy says so to assistive technology, but a hurried finger presses it all the same.</summary>
    private Task PressWhileBusyAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync(new() { Force = true });

    private async Task<(string Number, string Secret)> SubmitOneAsync()
    {
        await BeginAsync();
        await ChooseAsync("images/tiny.jpg");
        await SubmittedAsync();
        var codes = await Page.Locator(".receipt code").AllTextContentsAsync();
        return (codes[0], codes[1]);
    }

    private async Task LookUpAsync(string number, string secret)
    {
        await Page.GetByLabel("Case number").FillAsync(number);
        await Page.GetByLabel("Secret code").FillAsync(secret);
        await PressAsync("Look up");
    }
}
