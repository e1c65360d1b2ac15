using System.Diagnostics;

namespace TakeItDown.Matching.EndToEnd.Tests.Page.Browsers;

/// <summary>
/// A browser that Playwright cannot drive as Debian ships it. What the page's story needs and no more: the page is looked at and pressed by
/// scripts, and files are chosen through the browser's own automation, since no script may do that.
/// </summary>
internal abstract class OtherBrowser : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public abstract Task OpenAsync(string address);

    /// <summary>The value of an expression, as text; of a promise, what it comes to.</summary>
    public abstract Task<string> EvaluateAsync(string expression);

    /// <summary>Clicks what an expression comes to, as a person would: a browser's back button passes over steps that nobody has made.</summary>
    protected abstract Task ClickAsync(string element);

    public abstract Task ChooseAsync(params string[] paths);

    public abstract Task GoBackAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Presses the button that says this.</summary>
    public async Task PressAsync(string text)
    {
        var button = $"[...document.querySelectorAll('button')].find(one => one.textContent === {Quote(text)})";
        await UntilAsync($"Boolean({button})", "true");
        await ClickAsync(button);
    }

    public Task FillAsync(string field, string text) => EvaluateAsync($"document.querySelector({Quote(field)}).value = {Quote(text)}");

    public Task SeeHeadingAsync(string text) => UntilAsync("document.querySelector('h1')?.textContent", text);

    public Task SeeAsync(string text) => UntilAsync($"document.body.innerText.includes({Quote(text)})", "true");

    /// <summary>Waits until an expression comes to a value.</summary>
    public async Task UntilAsync(string expression, string value)
    {
        var start = Stopwatch.GetTimestamp();
        var seen = "";
        while (Stopwatch.GetElapsedTime(start) < s_patience)
        {
            seen = await EvaluateAsync($"String({expression})");
            if (seen == value) return;
            await Task.Delay(50);
        }
        Assert.Fail($"{GetType().Name}: {expression} stays '{seen}' and does not become '{value}'. The page: {await EvaluateAsync("document.body.innerText")}");
    }

    protected static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    protected static async Task EndAsync(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
