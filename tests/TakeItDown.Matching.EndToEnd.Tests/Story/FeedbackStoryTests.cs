extern alias ReferenceRegistry;

using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ReferenceRegistry::Registry.Faults;
using ReferenceRegistry::Registry.Storage;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static System.Net.HttpStatusCode;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>A reviewer at the platform says what a match is worth, and the registry shows it to every member.</summary>
public sealed partial class FeedbackStoryTests
{
    /// <summary>Ids are the members' own: one may need escaping twice over.</summary>
    private const string Shapes = "shapes/50%2F";

    [Fact]
    public async Task A_reviewers_word_reaches_the_registry_once()
    {
        await using var registry = await StartWithEntriesAsync();
        var clock = new StoryClock(registry);
        await using var platform = await StartAsync(registry, clock);
        await HoldAsync(platform, "landscape.jpg");
        Assert.Equal(Accepted, await AffirmAsync(platform));
        await ArrivesAsync(registry, "landscape", "affirmativeFeedback Sha1");

        var reason = (await platform.Staff.GetAsync<List<FeedbackReason>>("/review/reasons?list=take-it-down&kind=pdq"))[1];
        Assert.Equal("Does not belong on this list", reason.Name);
        await HoldAsync(platform, "landscape-q40.jpg");
        Assert.Equal(BadRequest, await DisputeAsync(platform));
        Assert.Equal(BadRequest, await DisputeAsync(platform, "no id"));
        // Well formed, and known to nobody: refused while the reviewer looks, not lost when the registry refuses it.
        Assert.Equal(BadRequest, await DisputeAsync(platform, "00000000-0000-4000-8000-000000000000"));
        Assert.Equal(BadRequest, await DisputeAsync(platform, reason.Id, "00000000-0000-4000-8000-000000000000"));
        Assert.Equal(Accepted, await DisputeAsync(platform, reason.Id));
        var feedback = await ArrivesAsync(registry, "landscape", "negativeFeedback Pdq");
        // The protocol has no key for SHA-256.
        Assert.Equal(["affirmativeFeedback Md5", "affirmativeFeedback Sha1", "negativeFeedback Pdq"], Summary(feedback).Order());
        Assert.Equal([reason.Id], feedback.Descendants(Ns + "reason").Select(one => one.Attribute("guid")!.Value));

        // The same word again is not sent again, not even after a restart.
        clock.Move(TimeSpan.FromMinutes(2));
        await platform.RestartAsync();
        await HoldAsync(platform, "landscape-half.jpg");
        await DisputeAsync(platform, reason.Id);
        await HoldAsync(platform, "shapes-half.jpg");
        await AffirmAsync(platform);
        await ArrivesAsync(registry, Shapes, "affirmativeFeedback Pdq");
        Assert.Equal(feedback.ToString(), (await FeedbackAsync(registry, "landscape"))!.ToString());
        Assert.Equal(0, (await platform.Staff.GetAsync<JsonElement>("/review")).GetArrayLength());
        await AssertNothingIsToldAsync(platform);
    }

    [Fact]
    public async Task A_reviewer_disputes_with_the_form_on_the_page()
    {
        await using var registry = await StartWithEntriesAsync();
        await using var platform = await StartAsync(registry, new StoryClock(registry));
        await HoldAsync(platform, "landscape-q40.jpg");
        var action = $"/review/{await HeldAsync(platform)}/dispute/form";
        using var shown = new HttpRequestMessage(HttpMethod.Get, "/staff");
        using var page = await platform.Staff.SendAsync(shown);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains($"action=\"{action}\"", html, StringComparison.Ordinal);
        var reason = OfferedReason().Match(html).Groups["id"].Value;

        var token = await platform.Staff.TokenAsync();
        Assert.Equal(BadRequest, (await SubmitAsync(("reason", reason))).Status);
        foreach (var unknown in (string[])["", "no id", "00000000-0000-4000-8000-000000000000"])
            Assert.Equal((unknown, BadRequest), (unknown, (await SubmitAsync(("reason", unknown), Token())).Status));
        Assert.Equal(BadRequest, (await SubmitAsync(Token())).Status);
        // What was refused is still there to be settled.
        await HeldAsync(platform);
        Assert.Equal((Redirect, "/staff"), await SubmitAsync(("reason", reason), Token()));

        var feedback = await ArrivesAsync(registry, "landscape", "negativeFeedback Pdq");
        Assert.Equal([reason], feedback.Descendants(Ns + "reason").Select(one => one.Attribute("guid")!.Value));
        Assert.Equal(0, (await platform.Staff.GetAsync<JsonElement>("/review")).GetArrayLength());

        (string, string) Token() => ("__RequestVerificationToken", token);

        async Task<(System.Net.HttpStatusCode Status, string? To)> SubmitAsync(params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = form };
            using var answer = await platform.Staff.SendAsync(request);
            return (answer.StatusCode, answer.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task What_an_entry_in_quarantine_finds_is_held_for_a_reviewer_too()
    {
        await using var registry = await StartWithEntriesAsync();
        await using var platform = await StartAsync(registry, new StoryClock(registry), builder => builder.Services.Configure<ListOptions>(
            "take-it-down", options => (options.FloodLimit, options.QuarantineFloods) = (1, true)));
        await HoldAsync(platform, "landscape.jpg");
        Assert.Equal(Accepted, await AffirmAsync(platform));

        await HoldAsync(platform, "landscape-q40.jpg");

        Assert.Contains(platform.List.Floods, flood => flood.IsQuarantined);
        Assert.Equal(Accepted, await AffirmAsync(platform));
    }

    [Fact]
    public async Task What_is_said_while_the_registry_is_away_is_sent_when_it_is_back_even_after_a_restart()
    {
        var registry = await StartWithEntriesAsync();
        var address = registry.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var clock = new StoryClock(registry);
        await using var platform = await StartAsync(registry, clock);
        await HoldAsync(platform, "landscape-q40.jpg");
        await registry.DisposeAsync();
        Assert.Equal(Accepted, await AffirmAsync(platform));
        await LogsAsync(platform, "Feedback for the registry 'take-it-down' waits");
        await platform.RestartAsync();

        await using var back = await StartWithEntriesAsync("--urls", address);
        back.Clock.Now = clock.GetUtcNow();
        await ArrivesAsync(back, "landscape", "affirmativeFeedback Pdq", () => clock.Move(TimeSpan.FromMinutes(1)));
        await AssertNothingIsToldAsync(platform);
    }

    [Fact]
    public async Task A_registry_that_is_busy_or_failing_is_asked_again()
    {
        await using var registry = await StartWithEntriesAsync();
        var clock = new StoryClock(registry);
        await using var platform = await StartAsync(registry, clock);
        foreach (var fault in new[] { AnswerFaults.Status(429, TimeSpan.FromSeconds(15)), AnswerFaults.Status(500), AnswerFaults.ContentType("text/html") }) registry.Faults.Add(fault, call: "/feedback");
        await HoldAsync(platform, "landscape-q40.jpg");
        var before = clock.GetUtcNow();
        await AffirmAsync(platform);
        await ArrivesAsync(registry, "landscape", "affirmativeFeedback Pdq");
        await LogsAsync(platform, "took feedback on a pdq");
        Assert.True(clock.GetUtcNow() - before >= TimeSpan.FromSeconds(15));
        Assert.Equal((0, 0), (registry.Faults.Pending, await WaitingAsync(platform)));
    }

    [Fact]
    public async Task Feedback_on_an_entry_that_is_withdrawn_is_given_up()
    {
        await using var registry = await StartWithEntriesAsync();
        var clock = new StoryClock(registry);
        await using var platform = await StartAsync(registry, clock);
        await HoldAsync(platform, "landscape-q40.jpg");
        registry.Store.Delete(Other, "landscape");
        await AffirmAsync(platform);
        await LogsAsync(platform, "The registry 'take-it-down' refuses feedback on a pdq: it answered 404. It is not sent again.");
        Assert.Equal(0, await WaitingAsync(platform));
        await AssertNothingIsToldAsync(platform);
    }

    private static async Task<RegistryHost> StartWithEntriesAsync(params string[] settings)
    {
        var registry = await RegistryHost.StartAsync(settings);
        foreach (var (name, id) in ((string, string)[])[("landscape", "landscape"), ("shapes", Shapes)])
            registry.Store.Put([new RegistryEntry(Other, id, MediaKind.Image, await Person.HashAsync($"{name}.jpg"), "A1")]);
        return registry;
    }

    private static async Task<PlatformHost> StartAsync(RegistryHost registry, StoryClock clock, Action<WebApplicationBuilder>? configure = null)
    {
        clock.Settle();
        var platform = await PlatformHost.StartAsync(registry, clock, configure);
        Assert.Equal(2, platform.List.Entries);
        return platform;
    }

    private static async Task HoldAsync(PlatformHost platform, string fixture) => Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync(fixture));

    private static async Task<System.Net.HttpStatusCode> AffirmAsync(PlatformHost platform)
    {
        using var answer = await platform.Staff.PostAsync($"/review/{await HeldAsync(platform)}/affirm");
        return answer.StatusCode;
    }

    private static async Task<System.Net.HttpStatusCode> DisputeAsync(PlatformHost platform, params string[] reasons)
    {
        using var answer = await platform.Staff.PostAsync($"/review/{await HeldAsync(platform)}/dispute", reasons);
        return answer.StatusCode;
    }

    private static async Task<Guid> HeldAsync(PlatformHost platform) =>
        Assert.Single((await platform.Staff.GetAsync<JsonElement>("/review")).EnumerateArray()).GetProperty("id").GetGuid();

    /// <summary>What the registry shows of what members say of an entry.</summary>
    private static async Task<XElement?> FeedbackAsync(RegistryHost registry, string entry) =>
        (await registry.EntriesAsync($"?to={Stamp(10_000_000)}")).Single(one => Id(one) == entry).Element(Ns + "feedback");

    private static IEnumerable<string> Summary(XElement feedback) => feedback.Elements().Select(one => $"{one.Name.LocalName} {one.Attribute("type")!.Value}");

    private static async Task<XElement> ArrivesAsync(RegistryHost registry, string entry, string expected, Action? meanwhile = null)
    {
        for (var waits = 0; waits < 500; waits++)
        {
            if (await FeedbackAsync(registry, entry) is { } feedback && Summary(feedback).Contains(expected)) return feedback;
            meanwhile?.Invoke();
            await Task.Delay(20);
        }
        Assert.Fail($"The registry never showed: {expected}.");
        return null!;
    }

    private static async Task LogsAsync(PlatformHost platform, string text)
    {
        for (var waits = 0; !platform.Logs.Any(line => line.Contains(text, StringComparison.Ordinal)); waits++)
        {
            Assert.True(waits < 500, $"It never logged: {text}");
            await Task.Delay(20);
        }
    }

    private static async Task<long> WaitingAsync(PlatformHost platform)
    {
        using var store = new SqliteListStore(platform.Store);
        return await ((IFeedbackOutbox)store).CountAsync("take-it-down");
    }

    private static async Task AssertNothingIsToldAsync(PlatformHost platform)
    {
        var told = string.Join('\n', platform.Logs);
        foreach (var hash in await Person.HashAsync("landscape.jpg")) Assert.DoesNotContain(hash.ToHexString(), told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PlatformHost.Password, told, StringComparison.Ordinal);
    }

    [GeneratedRegex("<option value=\"(?<id>[^\"]+)\">", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfferedReason();
}
