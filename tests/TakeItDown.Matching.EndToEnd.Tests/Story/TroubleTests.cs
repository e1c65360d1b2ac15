extern alias ReferenceRegistry;

using System.Text;
using ReferenceRegistry::Registry.Faults;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static System.Net.HttpStatusCode;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>Whatever goes wrong between registry and platform: the old list stays, the operator can see it, and the next poll mends it.</summary>
public sealed class TroubleTests
{
    public static TheoryData<string> Faults => ["refused", "failing", "cut off", "lost", "bomb", "log-in page", "endless", "looping", "circling", "never ending", "redirected", "led away", "stalling"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_old_list_stays_in_use_and_the_next_poll_mends_it(string fault)
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await StartWithLandscapeAsync(registry, clock);

        await Person.SubmitAsync(registry, "shapes.jpg");
        clock.Settle();
        registry.Faults.Add(Make(fault), times: 1000);
        var refresh = platform.RefreshAsync();
        while (fault == "stalling" && !refresh.IsCompleted)
        {
            clock.Move(TimeSpan.FromSeconds(30));
            await Task.Delay(20);
        }
        var result = await refresh;
        Assert.StartsWith("The registry 'take-it-down' could not be read: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));
        Assert.Equal(Created, await platform.StatusOfAsync("fractal.jpg"));
        var (answer, explanation) = await platform.HealthAsync();
        Assert.Equal(("Degraded", $"The last refresh of the list take-it-down failed: {result.Error}"), (answer, explanation));

        registry.Faults.Clear();
        await platform.PollUntilAsync(() => platform.List is { LastError: null, Entries: 2 });
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("shapes-q40.jpg"));
        Assert.Equal("Healthy", (await platform.HealthAsync()).Answer);
        await AssertNothingIsToldAsync(platform, answer + explanation + result);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_a_right_one_is_taken_up_while_running()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await using var platform = await StartWithLandscapeAsync(registry, clock);
        platform.SetPassword("an old password");
        await Person.SubmitAsync(registry, "shapes.jpg");
        clock.Settle();

        var result = await platform.RefreshAsync();
        Assert.Equal("The registry 'take-it-down' could not be read: it refused the credentials (401); correct UserName or Password.", result.Error);
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));
        Assert.Contains("it refused the credentials", (await platform.HealthAsync()).Explanation, StringComparison.Ordinal);

        platform.SetPassword(PlatformHost.Password);
        await platform.PollUntilAsync(() => platform.List is { LastError: null, Entries: 2 });
        await AssertNothingIsToldAsync(platform, result.ToString());
        Assert.All(platform.Logs, line => Assert.DoesNotContain("an old password", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Before_the_first_list_nothing_is_accepted_and_then_it_is()
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        registry.Faults.Add(AnswerFaults.Status(503), times: 1000);
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await platform.RefreshAsync();
        Assert.Equal(ServiceUnavailable, await platform.StatusOfAsync("landscape.jpg"));
        var (answer, explanation) = await platform.HealthAsync();
        Assert.Equal("Unhealthy", answer);
        Assert.StartsWith("The list take-it-down has never been read completely. The last refresh", explanation, StringComparison.Ordinal);

        registry.Faults.Clear();
        await platform.PollUntilAsync(() => platform.List.Freshness == ListFreshness.Fresh);
        Assert.Equal(Created, await platform.StatusOfAsync("landscape.jpg"));
    }

    [Fact]
    public async Task A_registry_that_went_away_is_found_again_where_it_was()
    {
        var registry = await RegistryHost.StartAsync();
        var address = registry.Http.BaseAddress!;
        var clock = new StoryClock(registry);
        await using var platform = await StartWithLandscapeAsync(registry, clock);
        await registry.DisposeAsync();
        Assert.Contains("it could not be reached", (await platform.RefreshAsync()).Error, StringComparison.Ordinal);
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));

        await using var back = await RegistryHost.StartAsync("--urls", address.GetLeftPart(UriPartial.Authority));
        back.Clock.Now = clock.GetUtcNow();
        await Person.SubmitAsync(back, "shapes.jpg");
        back.Clock.Now += TimeSpan.FromMinutes(1);
        clock.Settle();
        Assert.Null((await platform.RefreshAsync()).Error);
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("shapes-q40.jpg"));
        Assert.Equal("Healthy", (await platform.HealthAsync()).Answer);
    }

    /// <summary>A platform whose list holds the landscape.</summary>
    private static async Task<PlatformHost> StartWithLandscapeAsync(RegistryHost registry, StoryClock clock)
    {
        await Person.SubmitAsync(registry, "landscape.jpg");
        clock.Settle();
        var platform = await PlatformHost.StartAsync(registry, clock);
        Assert.Null((await platform.RefreshAsync()).Error);
        Assert.Equal(1, platform.List.Entries);
        return platform;
    }

    private static RegistryFault Make(string fault) => fault switch
    {
        "refused" => AnswerFaults.Status(403),
        "failing" => AnswerFaults.Status(500),
        "cut off" => AnswerFaults.CutOff(),
        "lost" => AnswerFaults.ConnectionLost(),
        "bomb" => AnswerFaults.DtdBomb(),
        "log-in page" => AnswerFaults.ContentType("text/html"),
        "endless" => AnswerFaults.OverLong(80 << 20),
        "stalling" => AnswerFaults.Slow(Timeout.InfiniteTimeSpan),
        "looping" => DocumentFaults.NextLoops(),
        "circling" => DocumentFaults.NextCircles(),
        "never ending" => DocumentFaults.NextNeverEnds(),
        "redirected" => AnswerFaults.Redirect(new Uri("http://127.0.0.2:1/elsewhere")),
        "led away" => DocumentFaults.NextElsewhere(new Uri("http://127.0.0.2:1")),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
    };

    /// <summary>Neither logs, at their most talkative, nor health nor answers hold a hash, a secret or the name of a file.</summary>
    private static async Task AssertNothingIsToldAsync(PlatformHost platform, string answers)
    {
        var told = string.Join('\n', platform.Logs) + answers;
        Assert.Contains("could not be refreshed", told, StringComparison.Ordinal);
        string[] secrets =
        [
            PlatformHost.Password, Convert.ToBase64String(Encoding.UTF8.GetBytes("platform:" + PlatformHost.Password)), "private-name",
            .. (await Person.HashAsync("landscape.jpg")).Select(hash => hash.ToHexString()), .. (await Person.HashAsync("shapes.jpg")).Select(hash => hash.ToHexString()),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
    }
}
