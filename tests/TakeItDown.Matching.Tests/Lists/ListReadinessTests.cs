using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Registries;
using static TakeItDown.Matching.Tests.Lists.ScriptedSource;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>A host learns when its lists are ready, and when one has changed.</summary>
public sealed class ListReadinessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSource _source = new("npo"), _other = new("other");

    private DateTimeOffset Now => _time.GetUtcNow();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_waits_until_every_list_that_decides_was_read_to_its_end()
    {
        using var host = Host(_ => { }, _source, _other);
        _source.Enqueue(Page("1", Now, 1));
        _other.Enqueue(Page("1", null, 1), null);
        _source.Enqueue(Page("2", Now));
        _other.Enqueue(Page("2", Now, 2));
        var ready = host.Manager.WaitUntilReadyAsync(Cancellation);

        await host.Manager.RefreshAsync(cancellationToken: Cancellation);
        Assert.False(ready.IsCompleted);
        await host.Manager.RefreshAsync(cancellationToken: Cancellation);

        await ready.WaitAsync(Patience, Cancellation);
    }

    [Fact]
    public async Task A_list_that_decides_nothing_is_not_waited_for()
    {
        using var host = Host(
            builder => builder.ConfigureList("npo", options => options.Enabled = false).ConfigureList("other", options => options.Mode = ListMode.ReportOnly), _source, _other);

        await host.Manager.WaitUntilReadyAsync(Cancellation).WaitAsync(Patience, Cancellation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stale_list_is_ready_only_where_that_is_accepted(bool accepts)
    {
        using var host = Host(builder => builder.ConfigureList("npo", options => options.AcceptStale = accepts), _source);
        _source.Enqueue(Page("1", Now, 1));
        await host.RefreshAsync();
        _time.Advance(TimeSpan.FromDays(3));

        using var stop = new CancellationTokenSource();
        var ready = host.Manager.WaitUntilReadyAsync(stop.Token);

        if (accepts)
        {
            await ready.WaitAsync(Patience, Cancellation);
        }
        else
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
        }
    }

    [Fact]
    public async Task Without_a_list_it_does_not_wait_for_ever()
    {
        using var host = Host(_ => { });

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Manager.WaitUntilReadyAsync(Cancellation));
    }

    [Fact]
    public async Task Changes_are_told_in_their_order_and_only_where_something_changed()
    {
        using var host = Host(_ => { }, _source);
        using var told = new BlockingCollection<ListChangedEventArgs>();
        host.Manager.Changed += (sender, change) =>
        {
            Assert.Same(host.Manager, sender);
            told.Add(change, CancellationToken.None);
        };
        _source.Enqueue(Page("1", Now, 1));
        _source.Enqueue(Page("2", Now));
        _source.Enqueue(Page("3", Now, 2, 3));
        for (var i = 0; i < 3; i++) await host.RefreshAsync();

        Assert.True(told.TryTake(out var first, Patience));
        Assert.True(told.TryTake(out var second, Patience));
        Assert.Equal(("npo", 1), (first.List, first.Entries));
        Assert.Equal(("npo", 3, Now), (second.List, second.Entries, second.CompleteThrough));
        Assert.InRange(second.Position, first.Position + 1, (await host.Store.FindAsync("npo", Cancellation))!.Position);
        Assert.Empty(told);
    }

    [Fact]
    public async Task A_handler_that_throws_or_refreshes_holds_up_nothing()
    {
        using var host = Host(_ => { }, _source);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Manager.Changed += (_, _) => throw new InvalidOperationException("a handler's own");
        host.Manager.Changed += (_, _) =>
        {
            // Would never end if the refresh that brought the change waited for its handlers.
            host.Manager.RefreshAsync(cancellationToken: CancellationToken.None).GetAwaiter().GetResult();
            heard.SetResult();
        };
        _source.Enqueue(Page("1", Now, 1));
        _source.Enqueue(Page("2", Now));

        Assert.Null((await host.RefreshAsync()).Error);

        await heard.Task.WaitAsync(Patience, Cancellation);
        var log = Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 136);
        Assert.DoesNotContain("a handler's own", log.Message, StringComparison.Ordinal);
    }

    private SyncHost Host(Action<IMatchingBuilder> configure, params ScriptedSource[] sources) => new(_time, builder =>
    {
        builder.Services.AddSingleton<IListStore>(new InMemoryListStore());
        foreach (var source in sources) builder.Services.AddSingleton<IListSource>(source);
        configure(builder);
    });
}
