using System.Text;
using Microsoft.Playwright;
using TakeItDown.Matching.Tests;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>Choosing, cancelling and removing files.</summary>
public sealed class FilesTests(PageFixture fixture) : PageTest(fixture)
{
    [Fact]
    public async Task Files_that_are_no_use_are_left_out_and_said_so()
    {
        await BeginAsync();
        await Files.SetInputFilesAsync((FilePayload[])
        [
            new() { Name = "notes.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("a shopping list") },
            new() { Name = "empty.jpg", MimeType = "image/jpeg", Buffer = [] },
        ]);
        await Expect(Row("notes.txt")).ToContainTextAsync("This isn’t a photo or a video.");
        await Expect(Row("empty.jpg")).ToContainTextAsync("This file is empty");
        await Expect(Page.Locator(".status")).ToHaveTextAsync("None of these files can be used. Please choose others.");
        await Expect(Page.GetByText("Check what will be sent")).ToHaveAttributeAsync("aria-disabled", "true");

        await ChooseAsync("images/landscape.jpg");
        await ChooseAsync("images/landscape.jpg");
        await Expect(Rows.Last).ToContainTextAsync("already chosen");
        await Expect(Page.Locator(".status")).ToHaveTextAsync("1 protected, 3 left out");
        Assert.Equal(1, (await SubmittedAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_long_file_shows_its_progress_and_can_be_cancelled()
    {
        using var files = new MadeFiles();
        await BeginAsync();
        await Files.SetInputFilesAsync([files.MakeEmptySpace("long.mp4", 3L << 30), TestData.Fixture("images/tiny.jpg")]);
        await Expect(Row("long.mp4")).ToContainTextAsync("Making the fingerprint");
        await Expect(Row("tiny.jpg")).ToContainTextAsync("Waiting");
        await PressAsync("Cancel: long.mp4");
        await Expect(Row("long.mp4")).ToHaveCountAsync(0);
        await Expect(Row("tiny.jpg")).ToContainTextAsync("rotected");
        Assert.Equal(1, (await SubmittedAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task More_files_than_a_case_can_hold_are_left_out()
    {
        await BeginAsync();
        var header = Encoding.Latin1.GetBytes("BM\0\0\0\0\0\0\0\0");
        var files = Enumerable.Range(0, 103).Select(i => new FilePayload { Name = $"{i}.bmp", MimeType = "image/bmp", Buffer = [.. header, (byte)i] });
        await Files.SetInputFilesAsync(files);
        await SettleAsync();
        await Expect(Rows.Filter(new() { HasText = "more than 100 files" })).ToHaveCountAsync(3);
        Assert.Equal(100, (await SubmittedAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Files_can_be_dropped_and_a_missed_drop_does_not_open_them()
    {
        await BeginAsync();
        const string Drop = """
            (target) => {
                const carried = new DataTransfer();
                carried.items.add(new File(['GIF89a, more or less'], 'dropped.gif', { type: 'image/gif' }));
                const event = new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true });
                document.querySelector(target).dispatchEvent(event);
                return event.defaultPrevented;
            }
            """;
        Assert.True(await Page.EvaluateAsync<bool>(Drop, "h1"));
        await Expect(Rows).ToHaveCountAsync(0);
        await Page.EvaluateAsync<bool>(Drop, ".drop");
        await Expect(Row("dropped.gif")).ToContainTextAsync("rotected");
    }
}
