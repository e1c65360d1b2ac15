using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Input;

namespace TakeItDown.Matching.Tests.Input;

/// <summary>No turn is lost or given twice, whatever enters, gives up and leaves, in whatever order; and uploads go first.</summary>
public class DecodeQueueTests
{
    private enum What
    {
        Upload,
        Batch,
        GiveUp,
        Leave,
    }

    [Fact]
    public void Turns_are_given_as_the_model_gives_them() =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 3)), Arb.From(Steps), (decodes, steps) => RunAsync(decodes, steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));

    [Fact]
    public async Task No_turn_is_lost_where_many_enter_give_up_and_leave_at_once()
    {
        const int Decodes = 4;
        var queue = new DecodeQueue(Decodes);
        var (inside, most, turns) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 500; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var turn = queue.EnterAsync(isBatch: random.Next(2) == 0, cancellation.Token);
                // Races with whoever hands the turn on.
                if (random.Next(2) == 0) await cancellation.CancelAsync();
                try
                {
                    if (!await turn) continue;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
                InterlockedMaximum(ref most, Interlocked.Increment(ref inside));
                Interlocked.Increment(ref turns);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                queue.Leave();
            }
        })));
        Assert.InRange(most, 1, Decodes);
        Assert.NotEqual(0, turns);
        Assert.Equal(Decodes, FreeTurns(queue));
    }

    private static Gen<(What What, int Which)[]> Steps { get; } =
        (from what in Gen.Frequency((3, Gen.Constant(What.Upload)), (3, Gen.Constant(What.Batch)), (2, Gen.Constant(What.GiveUp)), (3, Gen.Constant(What.Leave)))
         from which in Gen.Choose(0, 1000)
         select (what, which)).ArrayOf();

    private static async Task RunAsync(int decodes, (What What, int Which)[] steps)
    {
        var queue = new DecodeQueue(decodes);
        List<Waiting> uploads = [], batches = [];
        var inside = 0;
        foreach (var (what, which) in steps)
        {
            if (what is What.Upload or What.Batch)
            {
                var cancellation = new CancellationTokenSource();
                var turn = queue.EnterAsync(what == What.Batch, cancellation.Token);
                if (inside < decodes)
                {
                    Assert.True(turn.IsCompleted && await turn);
                    inside++;
                }
                else if (what == What.Upload && uploads.Count == 16 * decodes)
                {
                    Assert.True(turn.IsCompleted && !await turn);
                }
                else
                {
                    (what == What.Upload ? uploads : batches).Add(new Waiting(turn.AsTask(), cancellation));
                }
            }
            else if (what == What.GiveUp && uploads.Count + batches.Count > 0)
            {
                var line = batches.Count == 0 || (uploads.Count > 0 && which % 2 == 0) ? uploads : batches;
                var waiting = line[which % line.Count];
                line.Remove(waiting);
                await waiting.Cancellation.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Turn);
            }
            else if (what == What.Leave && inside > 0)
            {
                queue.Leave();
                var line = uploads.Count > 0 ? uploads : batches;
                if (line.Count == 0)
                {
                    inside--;
                    continue;
                }
                Assert.True(await line[0].Turn.WaitAsync(TimeSpan.FromSeconds(30)));
                line.RemoveAt(0);
            }
            Assert.DoesNotContain(uploads.Concat(batches), waiting => waiting.Turn.IsCompleted);
        }
        // Whoever still waits gets a turn, and then every turn is free.
        for (var turns = inside + uploads.Count + batches.Count; turns > 0; turns--) queue.Leave();
        Assert.All(await Task.WhenAll(uploads.Concat(batches).Select(waiting => waiting.Turn)), Assert.True);
        Assert.Equal(decodes, FreeTurns(queue));
    }

    private static int FreeTurns(DecodeQueue queue)
    {
        var turns = 0;
        while (queue.EnterAsync(isBatch: true, CancellationToken.None).AsTask().IsCompletedSuccessfully) turns++;
        return turns;
    }

    private static void InterlockedMaximum(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private sealed record Waiting(Task<bool> Turn, CancellationTokenSource Cancellation);
}
