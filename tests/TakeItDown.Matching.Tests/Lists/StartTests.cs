using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Lists;
using TakeItDown.Matching.Tests.Registries;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using TakeItDown.Matching.Tests.Scanning;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>What a host says that starts for the first time, or refuses to.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "it refused the credentials (401); correct UserName or Password.")]
    [InlineData(HttpStatusCode.NotFound, "it answered 404; Root may be wrong.")]
    public async Task A_first_refresh_that_fails_says_that_nothing_is_known_and_what_to_correct(HttpStatusCode status, string says)
    {
        var time = new SwiftTime();
        await using var registry = await FakeRegistry.StartAsync(time);
        Func<Microsoft.AspNetCore.Http.HttpContext, Task<bool>> refuse = async context =>
        {
            context.Response.StatusCode = (int)status;
            await context.Response.CompleteAsync();
            return true;
        };
        registry.Fault = refuse;
        using var host = new SyncHost(time, registry);

        var error = (await host.RefreshAsync()).Error;

        Assert.EndsWith(says, error, StringComparison.Ordinal);
        var told = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 103).Message;
        Assert.Contains("never read", told, StringComparison.Ordinal);
        Assert.Contains("\"list unavailable\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("stays in use", told, StringComparison.Ordinal);

        registry.Fault = null;
        await host.RefreshAsync();
        registry.Fault = refuse;
        await host.RefreshAsync();
        Assert.Contains("what was known before stays in use", host.Logs.GetSnapshot().Last(record => record.Id.Id == 103).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_that_are_stopped_while_the_host_starts_end_quietly()
    {
        var time = new WatchedTime();
        var source = new ScriptedSource("npo");
        source.Enqueue(ScriptedSource.Page("1", time.GetUtcNow(), 1));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time).AddSingleton<IListSource>(source).AddLogging();
        services.AddTakeItDownMatching();
        await using var provider = services.BuildServiceProvider();
        // FeedbackServiceTests look after the third.
        foreach (var service in provider.GetServices<IHostedService>().Where(service => service is ListRefreshService or ListReconcileService).Cast<BackgroundService>())
        {
            await service.StartAsync(default);
            await time.NextPauseAsync();

            // A host that refuses to start disposes of what was started, and stops nothing.
            service.Dispose();

            await service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.True(service.ExecuteTask.IsCompletedSuccessfully, service.GetType().Name);
        }
    }

    [Theory]
    [InlineData("Matching:MaximumPixel", "1000", "Matching: the section 'Matching' holds the key 'MaximumPixel'")]
    [InlineData("npo:Modus", "ReportOnly", "List 'npo': the section 'npo' holds the key 'Modus'")]
    public void A_key_that_is_no_option_stops_the_host_at_its_start(string key, string value, string says)
    {
        using var host = new ListsHost(["npo"], null, (key, value));

        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(host.Validate).Failures);

        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.DoesNotContain(value, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_is_known_as_a_key()
    {
        foreach (var (type, section) in new[] { (typeof(MatchingOptions), "Matching"), (typeof(ListOptions), "npo") })
        {
            using var host = new ListsHost(["npo"], null, (section + ":Other", "x"));

            var failure = Assert.Single(Assert.Throws<OptionsValidationException>(host.Validate).Failures);

            var known = failure[(failure.IndexOf("one of ", StringComparison.Ordinal) + 7)..].TrimEnd('.').Split(", ").Order();
            Assert.Equal(type.GetProperties().Where(property => property.GetMethod!.IsPublic && !property.GetMethod.IsStatic
                && (property.SetMethod is { IsPublic: true } || property.PropertyType.IsInterface || property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))).Select(property => property.Name).Order(), known);
        }
    }
}
