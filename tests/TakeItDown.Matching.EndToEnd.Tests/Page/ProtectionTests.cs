using Microsoft.Playwright;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>What is protected, what only partly, what not at all: said in a word and a mark, again on every step, with what to do about it.</summary>
public sealed class ProtectionTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task Three_states_differ_in_word_colour_and_mark()
    {
        using var files = new MadeFiles();
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg", "images/blank.jpg", "images/bad/text.jpg");
        var seen = await Page.Locator(".badge").EvaluateAllAsync<string[]>("""
            badges => badges.map(badge => [badge.textContent, getComputedStyle(badge).color, badge.querySelector('.mark').textContent].join('|'))
            """);
        Assert.Equal(["Protected", "Only partly protected", "Left out"], seen.Select(one => one.Split('|')[0][1..]));
        Assert.Equal(3, seen.Select(one => one.Split('|')[1]).Distinct().Count());
        Assert.Equal(3, seen.Select(one => one.Split('|')[2]).Distinct().Count());
        await Expect(Page.Locator(".status")).ToHaveTextAsync("1 protected, 1 only partly, 1 left out");
    }

    [Fact]
    public async Task Partly_is_said_again_on_each_step_with_what_to_do()
    {
        await BeginAsync();
        await ChooseAsync("images/bad/truncated.jpg", "images/landscape.jpg");
        await Row("truncated.jpg").Locator("summary").ClickAsync();
        await Expect(Row("truncated.jpg").GetByText("If you have another copy of it that opens")).ToBeVisibleAsync();
        await PressAsync("Check what will be sent");
        var heading = Page.GetByRole(AriaRole.Heading, new() { Name = "1 file is only partly protected" });
        await Expect(heading).ToBeVisibleAsync();
        await PressAsync("Send the fingerprints");
        await SeeHeadingAsync("Done. The fingerprints are on the list.");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "1 of them is only partly protected" })).ToBeVisibleAsync();
        await Page.Locator(".remedy summary").ClickAsync();
        await Expect(Page.GetByText("If you have another copy of it that opens")).ToBeVisibleAsync();
        await ScreenshotAsync("state-partly-done");
    }

    [Fact]
    public async Task A_damaged_file_is_told_from_one_that_this_browser_cannot_show()
    {
        using var files = new MadeFiles();
        var whole = await files.MakeAsync("whole.mp4", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10", "-t", "2", "-pix_fmt", "yuv420p");
        var bytes = await File.ReadAllBytesAsync(whole);
        var heic = await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.heic"));
        byte[] unknown = [0, 0, 0, 0x18, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'q', (byte)'t', (byte)' ', (byte)' ', 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
            0, 0, 0, 8, (byte)'m', (byte)'o', (byte)'o', (byte)'v'];
        await BeginAsync();
        await Files.SetInputFilesAsync((FilePayload[])
        [
            new() { Name = "cut.mp4", MimeType = "video/mp4", Buffer = bytes[..(bytes.Length / 2)] },
            new() { Name = "other.mov", MimeType = "video/quicktime", Buffer = unknown },
            new() { Name = "cut.heic", MimeType = "image/heic", Buffer = heic[..(heic.Length / 2)] },
            new() { Name = "cut.jpg", MimeType = "image/jpeg", Buffer = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3] },
            new() { Name = "new.jxl", MimeType = "image/jxl", Buffer = [0xff, 0x0a, 1, 2, 3, 4, 5, 6] },
        ]);
        await SettleAsync();
        foreach (var name in (string[])["cut.mp4", "cut.heic", "cut.jpg"]) await Expect(Row(name)).ToContainTextAsync("seems to be damaged");
        foreach (var name in (string[])["other.mov", "new.jxl"]) await Expect(Row(name)).ToContainTextAsync("This browser can’t show this kind of file.");
    }

    [Fact]
    public async Task A_video_of_which_only_the_sound_plays_is_not_called_too_plain()
    {
        using var files = new MadeFiles();
        var sound = await files.MakeAsync("sound.webm", "-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-c:a", "libopus");
        await BeginAsync();
        await ChooseAsync(sound);
        await Expect(Row("sound.webm")).ToContainTextAsync("This browser can’t show this kind of file.");
    }

    [Fact]
    public async Task Pictures_are_blurred_until_they_are_tapped_and_never_kept()
    {
        await BeginAsync();
        await ChooseAsync("images/landscape.jpg");
        var picture = Page.GetByRole(AriaRole.Button, new() { Name = "Show: landscape.jpg" });
        var image = picture.Locator("img");
        await Expect(image).ToHaveCSSAsync("filter", "blur(11.2px)");
        var address = await image.GetAttributeAsync("src");
        Assert.StartsWith("blob:", address, StringComparison.Ordinal);
        await picture.ClickAsync();
        await Expect(image).ToHaveCSSAsync("filter", "none");
        await Expect(picture).ToHaveAttributeAsync("aria-pressed", "true");
        await PressAsync("Remove all");
        await Expect(Rows).ToHaveCountAsync(0);
        Assert.False(await Page.EvaluateAsync<bool>("""
            address => new Promise(done => Object.assign(new Image(), { src: address, onload: () => done(true), onerror: () => done(false) }))
            """, address));
    }

    [Fact]
    public async Task A_page_that_is_offline_when_a_HEIC_photo_is_chosen_says_so_and_tries_again()
    {
        await BeginAsync();
        await Context.SetOfflineAsync(true);
        await ChooseAsync("images/landscape.heic");
        await Expect(Row("landscape.heic")).ToContainTextAsync("Only partly protected");
        await Expect(Row("landscape.heic")).ToContainTextAsync("could not load it. Are you connected to the internet?");
        await Context.SetOfflineAsync(false);
        await PressAsync("Try again: landscape.heic");
        await Expect(Row("landscape.heic").Locator(".badge")).ToHaveTextAsync("✓Protected");
    }

    [Fact]
    public async Task Of_a_photo_that_an_iPhone_hands_over_nothing_is_said_of_exact_copies()
    {
        await using var phone = await Context.Browser!.NewContextAsync(new()
        {
            Locale = "en-GB",
            UserAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        });
        var page = await phone.NewPageAsync();
        await page.GotoAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Get Started" }).ClickAsync();
        await Expect(page.Locator("input[type=file]")).ToBeEnabledAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync([TestData.Fixture("images/landscape.jpg"), TestData.Fixture("images/bad/bomb-30000x30000.png")]);
        var rows = page.Locator(".files > li");
        await Expect(rows.First.Locator(".state")).ToHaveTextAsync("✓ProtectedCopies that look alike can be found.");
        await rows.Last.Locator("summary").ClickAsync();
        await Expect(rows.Last.GetByText("press the side button and volume up together")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_HEIC_photo_that_claims_to_be_enormous_is_not_decoded()
    {
        var bytes = await File.ReadAllBytesAsync(TestData.Fixture("images/landscape.heic"));
        var claims = bytes.AsSpan().IndexOf("ispe"u8) + 8;
        byte[] huge = [0, 1, 0x86, 0xa0]; // 100,000
        huge.CopyTo(bytes, claims);
        huge.CopyTo(bytes, claims + 4);
        await BeginAsync();
        await Files.SetInputFilesAsync(new FilePayload { Name = "huge.heic", MimeType = "image/heic", Buffer = bytes });
        await SettleAsync();
        await Expect(Row("huge.heic")).ToContainTextAsync("too large for this device");
        await ChooseAsync("images/landscape.heic");
        await Expect(Row("landscape.heic").Locator(".badge")).ToHaveTextAsync("✓Protected");
    }

    [Fact]
    public async Task Fifty_files_a_zip_and_two_gigabytes_leave_the_way_on_in_reach()
    {
        using var files = new MadeFiles();
        var zip = Path.Combine(Path.GetDirectoryName(files.MakeEmptySpace("x", 1))!, "zip.jpg");
        await File.WriteAllBytesAsync(zip, [(byte)'P', (byte)'K', 3, 4, .. new byte[100]]);
        await Page.SetViewportSizeAsync(360, 740);
        await BeginAsync();
        var picture = await File.ReadAllBytesAsync(TestData.Fixture("images/tiny.jpg"));
        await Files.SetInputFilesAsync(Enumerable.Range(0, 50).Select(i =>
            new FilePayload { Name = $"{i}.jpg", MimeType = "image/jpeg", Buffer = [.. picture, (byte)i] }));
        await Files.SetInputFilesAsync([zip, files.MakeEmptySpace("two.mp4", 2L << 30)]);
        await Expect(Page.Locator("progress.overall")).ToBeInViewportAsync();
        await Expect(Row("zip.jpg")).ToContainTextAsync("This isn’t a photo or a video.", new() { Timeout = 60_000 });
        await Page.EvaluateAsync("() => scrollTo(0, 0)");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Check what will be sent" })).ToBeInViewportAsync();
        await PressAsync("Cancel: two.mp4");
        await Expect(Page.Locator(".status")).ToHaveTextAsync("50 protected, 1 left out");
        await PressAsync("Check what will be sent");
        await Expect(Page.GetByText("50 photos and videos")).ToBeVisibleAsync();
    }
}
