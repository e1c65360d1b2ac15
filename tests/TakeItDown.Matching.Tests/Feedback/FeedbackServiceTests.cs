using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TakeItDown.Matching.Feedback;
using TakeItDown.Matching.Tests.Lists;
using TakeItDown.Matching.Tests.Storage;
using static TakeItDown.Matching.Tests.Feedback.FeedbackHost;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>When feedback is sent, and that the last word is what every registry ends up with.</summary>
public sealed class FeedbackServiceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ScriptedFeedback _registry = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_word_is_sent_at_once_and_one_that_failed_later_and_later()
    {
        var time = new WatchedTime();
        using var host = Host(time);
        using var service = host.Get<IEnumerable<IHostedService>>().OfType<FeedbackService>().Single();
        await service.StartAsync(default);
        Assert.Equal(TimeSpan.FromMinutes(1), await time.NextPauseAsync());
        await host.Feedback.AffirmAsync(Match());
        Assert.Equal(TimeSpan.FromMinutes(1), await time.NextPauseAsync());
        Assert.Equal(1, _registry.Attempts);

        // What another process has put is found within the minute.
        await host.Outbox.PutAsync(new EntryFeedback { List = "test", Entry = new EntryKey("42", "2"), Kind = HashKind.Md5 }, TestContext.Current.CancellationToken);
        _registry.Fails = () => true;
        time.Advance(TimeSpan.FromMinutes(1));
        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 30])
        {
            var pause = await time.NextPauseAsync();
            Assert.InRange(pause.TotalMinutes, minutes / 2.0, minutes);
            // A new word does not make it ask a registry that is away any sooner.
            var attempts = _registry.Attempts;
            await host.Feedback.AffirmAsync(Match("3"));
            Assert.Equal(attempts, _registry.Attempts);
            if (minutes == 30) _registry.Fails = () => false;
            time.Advance(pause);
        }
        Assert.Equal(TimeSpan.FromMinutes(1), await time.NextPauseAsync());
        Assert.Equal(3, _registry.Taken);
        await service.StopAsync(default);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public void Every_registry_ends_up_with_the_last_word_and_hears_none_twice()
    {
        var reviews = (from entry in Gen.Elements("1", "2", "3")
                       from reasons in Gen.Elements<string[]>([], ["a"], ["a", "b"])
                       from then in Gen.Elements(Then.Nothing, Then.Send, Then.SendInVain, Then.SendAndThinkAgain, Then.Restart)
                       select new Review(entry, reasons, then)).ArrayOf();
        Prop.ForAll(Arb.From(reviews), steps => EndsWithTheLastWordAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(30));
    }

    private async Task EndsWithTheLastWordAsync(Review[] reviews)
    {
        var path = _folder.File($"{_stores++}.db");
        var registry = new ScriptedFeedback();
        var events = new List<(string Entry, string Word, bool IsHeard)>();
        registry.Hears = (entry, word) => events.Add((entry, word, true));
        var store = new SqliteListStore(path);
        var host = Host(store: store, registry: registry);
        foreach (var (entry, reasons, then) in reviews)
        {
            await SayAsync(entry, reasons);
            if (then == Then.Restart)
            {
                host.Dispose();
                store.Dispose();
                host = Host(store: store = new SqliteListStore(path), registry: registry);
            }
            registry.Fails = () => then == Then.SendInVain;
            registry.Meanwhile = async () =>
            {
                registry.Meanwhile = null;
                if (then == Then.SendAndThinkAgain) await SayAsync(entry, ["c"]);
            };
            if (then is Then.Send or Then.SendInVain or Then.SendAndThinkAgain) await host.SendAsync();
        }
        (registry.Fails, registry.Meanwhile) = (() => false, null);
        await host.SendAsync();

        foreach (var entry in events.GroupBy(said => said.Entry))
        {
            Assert.Equal(entry.Last(said => !said.IsHeard).Word, entry.Last(said => said.IsHeard).Word);
            // It hears the same again only if another word was said in between, which it may or may not have heard.
            string? heard = null;
            foreach (var (_, word, isHeard) in entry)
            {
                if (isHeard) Assert.NotEqual(heard, word);
                if (isHeard) heard = word;
                else if (word != heard) heard = null;
            }
        }
        host.Dispose();
        store.Dispose();

        Task SayAsync(string entry, string[] reasons)
        {
            events.Add((entry, string.Join(',', reasons), false));
            return reasons.Length == 0 ? host.Feedback.AffirmAsync(Match(entry)) : host.Feedback.DisputeAsync(Match(entry), reasons);
        }
    }

    private FeedbackHost Host(TimeProvider? time = null, IListStore? store = null, ScriptedFeedback? registry = null) => new(
        builder => builder.Services.AddSingleton<IListSource>(registry ?? _registry).AddSingleton<IFeedbackSource>(registry ?? _registry), time, store);

    private enum Then
    {
        Nothing,
        Send,
        SendInVain,
        SendAndThinkAgain,
        Restart,
    }

    private sealed record Review(string Entry, string[] Reasons, Then Then);

    /// <summary>A registry that an outsider might have written.</summary>
    private sealed class ScriptedFeedback : IListSource, IFeedbackSource
    {
        public string Name => "test";

        public HashKinds Kinds => HashKinds.Md5;

        public int Attempts { get; private set; }

        public int Taken { get; private set; }

        public Func<bool> Fails { get; set; } = () => false;

        public Action<string, string>? Hears { get; set; }

        public Func<Task>? Meanwhile { get; set; }

        public IAsyncEnumerable<ListPage> ReadAsync(string? cursor, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ListPage>();

        public Task<IReadOnlyList<FeedbackReason>> GetReasonsAsync(HashKind kind, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async Task<FeedbackAnswer> SendAsync(EntryFeedback feedback, CancellationToken cancellationToken = default)
        {
            Attempts++;
            if (Fails()) throw new ListSourceException("it is away");
            if (Meanwhile is { } meanwhile) await meanwhile();
            Taken++;
            Hears?.Invoke(feedback.Entry.Id, string.Join(',', feedback.Reasons));
            return FeedbackAnswer.Taken;
        }
    }
}
