extern alias ReferenceRegistry;

using Microsoft.Extensions.DependencyInjection;
using ReferenceRegistry::Registry.Faults;
using ReferenceRegistry::Registry.Storage;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using static System.Net.HttpStatusCode;

namespace TakeItDown.Matching.EndToEnd.Tests.Story;

/// <summary>Which lists a platform holds, and how long they are good: across restarts, members and registries.</summary>
public sealed class ListsTests
{
    [Fact]
    public async Task After_a_restart_the_stored_list_serves_at_once_without_the_registry()
    {
        var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await Person.SubmitAsync(registry, "landscape.jpg");
        clock.Settle();
        await using var platform = await PlatformHost.StartAsync(registry, clock);
        await platform.RefreshAsync();
        await registry.DisposeAsync();

        await platform.RestartAsync();
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));
        Assert.Equal(Created, await platform.StatusOfAsync("shapes.jpg"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(platform.Store));

        // A day on, it can no longer say that a picture is not listed; what it knows is still refused.
        clock.Move(TimeSpan.FromHours(25));
        Assert.Equal(ServiceUnavailable, await platform.StatusOfAsync("shapes.jpg"));
        Assert.Equal(UnprocessableEntity, await platform.StatusOfAsync("landscape-q40.jpg"));
        Assert.Equal("Unhealthy", (await platform.HealthAsync()).Answer);
    }

    [Theory]
    [InlineData(null, UnprocessableEntity, UnprocessableEntity)]
    [InlineData("1", UnprocessableEntity, Created)]
    [InlineData("9", Created, UnprocessableEntity)]
    public async Task A_platform_can_keep_the_entries_of_chosen_members_only(string? member, System.Net.HttpStatusCode landscape, System.Net.HttpStatusCode shapes)
    {
        await using var registry = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry);
        await Person.SubmitAsync(registry, "landscape.jpg");
        registry.Store.Put([new RegistryEntry(RegistryHost.Other, "theirs", MediaKind.Image, await Person.HashAsync("shapes.jpg"), "A1")]);
        clock.Settle();
        await using var platform = await PlatformHost.StartAsync(registry, clock, ["--TakeItDown:Registry:Members:0", member ?? "*"]);
        await platform.RefreshAsync();
        Assert.Equal((landscape, shapes), (await platform.StatusOfAsync("landscape-q40.jpg"), await platform.StatusOfAsync("shapes-q40.jpg")));
    }

    [Fact]
    public async Task Two_lists_are_searched_and_while_one_is_missing_nothing_passes_as_clean()
    {
        await using var registry = await RegistryHost.StartAsync();
        await using var second = await RegistryHost.StartAsync();
        var clock = new StoryClock(registry, second);
        await Person.SubmitAsync(registry, "landscape.jpg");
        var receipt = await Person.SubmitAsync(second, "shapes.jpg");
        second.Faults.Add(AnswerFaults.Status(503), times: 1000);
        clock.Settle();
        await using var platform = await PlatformHost.StartAsync(registry, clock, builder => builder.Services.AddTakeItDownMatching().AddNcmecRegistry("second", options =>
        {
            options.Root = new Uri(second.Http.BaseAddress!, "npo");
            (options.UserName, options.Password) = ("platform", PlatformHost.Password);
            options.Members.Add("*");
        }));
        await platform.RefreshAsync();
        Assert.Equal((UnprocessableEntity, ServiceUnavailable), (await platform.StatusOfAsync("landscape-q40.jpg"), await platform.StatusOfAsync("fractal.jpg")));

        second.Faults.Clear();
        await platform.RefreshAsync();
        Assert.Equal((UnprocessableEntity, UnprocessableEntity), (await platform.StatusOfAsync("landscape-q40.jpg"), await platform.StatusOfAsync("shapes-q40.jpg")));
        Assert.Equal(Created, await platform.StatusOfAsync("fractal.jpg"));

        await Person.WithdrawAsync(second, receipt);
        clock.Settle();
        await platform.RefreshAsync();
        Assert.Equal((UnprocessableEntity, Created), (await platform.StatusOfAsync("landscape-q40.jpg"), await platform.StatusOfAsync("shapes-q40.jpg")));
    }
}
