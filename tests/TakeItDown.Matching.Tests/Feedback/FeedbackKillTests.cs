using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TakeItDown.Matching.Tests.Registries.Ncmec;
using TakeItDown.Matching.Tests.Storage;
using static TakeItDown.Matching.Tests.Feedback.FeedbackHost;
using static TakeItDown.Matching.Tests.Registries.Answers;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>A real process is killed while reviewers speak and feedback is sent: whatever was taken reaches the registry after the next start.</summary>
public sealed class FeedbackKillTests : IDisposable
{
    private const string FolderVariable = "TAKEITDOWN_TEST_KILLED_FEEDBACK", RootVariable = "TAKEITDOWN_TEST_KILLED_ROOT";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_process_loses_nothing_that_was_taken(bool registryIsAway)
    {
        await using var registry = await FakeRegistry.StartAsync(TimeProvider.System);
        if (registryIsAway) registry.Fault = Always(context => Status(context, 503));
        using (var platform = KilledProcess.Start(typeof(FeedbackKillTests), nameof(Platform), (FolderVariable, _folder.File("")), (RootVariable, registry.Root.AbsoluteUri)))
        {
            var enough = new Random(7).Next(20, 60);
            while (Taken().Length < enough || (registryIsAway ? registry.Requests.IsEmpty : registry.Feedback.IsEmpty))
            {
                Assert.False(platform.HasExited, "the platform ended by itself");
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
            platform.Kill();
            await platform.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(registryIsAway, registry.Feedback.IsEmpty);
        registry.Fault = null;

        using var store = new SqliteListStore(_folder.File("store.db"));
        using var host = new FeedbackHost(registry, store: store);
        if (registryIsAway) Assert.InRange((await host.WaitingAsync()).Count, Taken().Length, Taken().Length + 1);
        await host.SendAsync();

        Assert.Empty(await host.WaitingAsync());
        var arrived = registry.Feedback.Select(put => put.Path).ToList();
        Assert.Superset(Taken().Select(number => $"/npo/v2/entries/42/{number}/MD5/feedback").ToHashSet(), arrived.ToHashSet());
        // Only one is under way at a time, and may have arrived without its being noted.
        Assert.InRange(arrived.Count - arrived.Distinct().Count(), 0, 1);
    }

    /// <summary>Not a test: the process that is killed.</summary>
    [Fact(Explicit = true)]
    public async Task Platform()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "only the test above starts the platform");
        using var store = new SqliteListStore(Path.Combine(folder!, "store.db"));
        using var host = new FeedbackHost(
            builder => builder.AddNcmecRegistry("test", options =>
            {
                (options.Root, options.UserName, options.Password) = (new Uri(Environment.GetEnvironmentVariable(RootVariable)!), "x", "y");
                options.Members.Add("*");
            }),
            TimeProvider.System, store);
        using var sender = host.Get<IEnumerable<IHostedService>>().OfType<Matching.Feedback.FeedbackService>().Single();
        await sender.StartAsync(default);
        for (var number = 0; number < 100_000; number++)
        {
            await host.Feedback.AffirmAsync(Match($"{number}"));
            await File.AppendAllTextAsync(Path.Combine(folder!, "taken"), $"{number}\n");
        }
    }

    /// <summary>What the process was told is kept. A last line without its end was not told.</summary>
    private string[] Taken() => File.Exists(_folder.File("taken")) ? File.ReadAllText(_folder.File("taken")).Split('\n')[..^1] : [];
}
