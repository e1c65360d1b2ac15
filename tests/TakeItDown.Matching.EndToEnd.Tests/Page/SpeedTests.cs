using System.Diagnostics;
using static Microsoft.Playwright.Assertions;

namespace TakeItDown.Matching.EndToEnd.Tests.Page;

/// <summary>How fast, how large and how smooth: printed, since a busy machine proves nothing; only the memory has a bound.</summary>
public sealed class SpeedTests(PageFixture fixture) : PageTest(fixture)
{
    private const int Megabytes = 200;

    [Fact]
    public async Task A_video_of_200_MB_takes_little_memory_and_leaves_the_page_responsive()
    {
        using var files = new MadeFiles();
        await BeginAsync();
        await Page.EvaluateAsync("""
            () => {
                window.longest = 0;
                const longest = list => { for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration); };
                new PerformanceObserver(longest).observe({ type: 'longtask' });
            }
            """);
        var start = Stopwatch.GetTimestamp();
        await Files.SetInputFilesAsync(files.MakeEmptySpace("long.mp4", (long)Megabytes << 20));
        await Expect(Rows.Last.Locator(".badge")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        var rate = Megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var memory = await Page.EvaluateAsync<double>("async () => (await performance.measureUserAgentSpecificMemory()).bytes / (1 << 20)");
        var longest = await Page.EvaluateAsync<double>("() => window.longest");
        Console.WriteLine($"page: {rate:0} MB/s with everything, {memory:0} MB of its own memory, the longest task of the page {longest:0} ms");
        Assert.InRange(memory, 1, 300);
    }
}
