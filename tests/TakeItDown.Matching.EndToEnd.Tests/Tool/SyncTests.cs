extern alias ReferenceRegistry;

using System.Diagnostics;
using System.Globalization;
using ReferenceRegistry::Registry.Storage;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.EndToEnd.Tests.Story;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class SyncTests
{
    private const string Password = "platform password";

    [Fact]
    public async Task A_list_is_read_into_a_store_that_scans_then_use()
    {
        await using var registry = await StartAsync();
        using var files = new ScratchFolder();
        var store = files.PathOf("lists.db");
        var receipt = await Person.SubmitAsync(registry, "landscape.jpg");
        registry.Store.Put([new RegistryEntry(RegistryHost.Other, "theirs", MediaKind.Image, await Person.HashAsync("shapes.jpg"), "B2")]);

        var first = await SyncAsync(registry, store);
        Assert.Equal((0, ""), (first.ExitCode, first.Errors));
        var summary = Assert.Single(first.Lines);
        Assert.Equal(["list", "upserts", "removals", "rejected", "entries", "completeThrough", "error"], summary.EnumerateObject().Select(field => field.Name));
        Assert.Equal((2, 0, 2), (Number(summary, "upserts"), Number(summary, "removals"), Number(summary, "entries")));
        Assert.True(summary.GetProperty("completeThrough").GetDateTimeOffset() < registry.Clock.Now);

        var scan = await ToolProcess.RunAsync("scan", "--store", store, "--fail-on-match", TestData.Fixture("images/landscape-q40.jpg"), TestData.Fixture("images/shapes-q40.jpg"), TestData.Fixture("images/fractal.jpg"));
        Assert.Equal(["match", "match", "noMatch"], scan.Lines.Select(line => Text(line, "verdict")));
        Assert.Equal((3, ""), (scan.ExitCode, scan.Errors));
        var match = scan.Lines[1].GetProperty("matches")[0];
        Assert.Equal(("take-it-down", "theirs", "9", "B2"), (Text(match, "list"), Text(match, "entry"), Text(match, "member"), Text(match, "classification")));

        registry.Clock.Now = TimeProvider.System.GetUtcNow().AddSeconds(-30);
        await Person.WithdrawAsync(registry, receipt);
        var second = Assert.Single((await SyncAsync(registry, store)).Lines);
        Assert.Equal((0, 1, 1), (Number(second, "upserts"), Number(second, "removals"), Number(second, "entries")));
    }

    [Fact]
    public async Task Only_the_members_that_were_asked_for_are_kept()
    {
        await using var registry = await StartAsync();
        using var files = new ScratchFolder();
        await Person.SubmitAsync(registry, "landscape.jpg");
        registry.Store.Put([Samples.Image(RegistryHost.Other, "a", 0), Samples.Image(RegistryHost.Platform, "b", 0)]);
        var run = await SyncAsync(registry, files.PathOf("lists.db"), "--member", "1", "--member", "7");
        Assert.Equal(2, Number(Assert.Single(run.Lines), "entries"));
    }

    [Fact]
    public async Task A_refused_password_is_said_in_words_and_what_was_stored_stays()
    {
        await using var registry = await StartAsync();
        using var files = new ScratchFolder();
        var store = files.PathOf("lists.db");
        await Person.SubmitAsync(registry, "landscape.jpg");
        await SyncAsync(registry, store);

        var run = await ToolProcess.RunWithPasswordAsync("a wrong password", Arguments(registry, store));
        Assert.Equal(1, run.ExitCode);
        var summary = Assert.Single(run.Lines);
        Assert.Contains("it refused the credentials (401)", Text(summary, "error"), StringComparison.Ordinal);
        Assert.Contains("it refused the credentials (401)", Assert.Single(run.Complaints), StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", run.Errors + run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Number(summary, "entries"));
    }

    [Theory]
    [InlineData("not-an-address", "takes a whole address")]
    [InlineData("http://registry.example/npo", "not HTTPS")]
    public async Task An_address_that_cannot_be_is_bad_usage(string root, string explanation)
    {
        using var files = new ScratchFolder();
        var run = await ToolProcess.RunWithPasswordAsync(Password, "sync", "--registry", root, "--user", "u", "--password-env", "REGISTRY_PASSWORD", "--member", "*", "--store", files.PathOf("lists.db"));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(explanation, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_it_is_bad_usage()
    {
        using var files = new ScratchFolder();
        var run = await ToolProcess.RunAsync("sync", "--registry", "http://127.0.0.1:1", "--user", "u", "--password-env", "REGISTRY_PASSWORD", "--member", "*", "--store", files.PathOf("lists.db"));
        Assert.Equal((2, "takeitdown: The environment variable REGISTRY_PASSWORD holds no password.\n"), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task An_interrupt_stops_at_once_and_leaves_a_store_that_goes_on()
    {
        await using var registry = await StartAsync();
        using var files = new ScratchFolder();
        var store = files.PathOf("lists.db");
        await Person.SubmitAsync(registry, "landscape.jpg");
        var asked = new TaskCompletionSource();
        registry.Faults.Add(async (context, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        registry.Clock.Now = TimeProvider.System.GetUtcNow();
        // Where tests run in the background, interrupts are ignored unless a program asks for them.
        using var process = ToolProcess.Start(Password, "env", ["--default-signal=INT", "dotnet", ToolProcess.Dll, .. Arguments(registry, store)]);
        await asked.Task;
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        var run = await ToolProcess.EndAsync(process);
        Assert.Equal(new ToolRun(130, "", ""), run);
        Assert.Equal(1, Number(Assert.Single((await SyncAsync(registry, store)).Lines), "entries"));
    }

    /// <summary>A registry where it is an hour ago: whatever is done there has settled when the tool comes.</summary>
    private static async Task<RegistryHost> StartAsync()
    {
        var registry = await RegistryHost.StartAsync();
        registry.Clock.Now = TimeProvider.System.GetUtcNow().AddHours(-1);
        return registry;
    }

    /// <summary>Reads the list, by the machine's own time.</summary>
    private static Task<ToolRun> SyncAsync(RegistryHost registry, string store, params string[] more)
    {
        registry.Clock.Now = TimeProvider.System.GetUtcNow();
        return ToolProcess.RunWithPasswordAsync(Password, Arguments(registry, store, more));
    }

    private static string[] Arguments(RegistryHost registry, string store, params string[] more) =>
        ["sync", .. more.Contains("--member") ? more : [.. more, "--member", "*"], "--registry", new Uri(registry.Http.BaseAddress!, "npo").AbsoluteUri, "--user", "platform", "--password-env", "REGISTRY_PASSWORD", "--store", store];

    private static long Number(System.Text.Json.JsonElement line, string field) => line.GetProperty(field).GetInt64();
}
