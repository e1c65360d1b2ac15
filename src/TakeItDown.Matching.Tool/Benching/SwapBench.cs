using TakeItDown.Matching.Indexing;
using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tool.Benching;

/// <summary>How long the slowest PDQ lookup in a hundred takes while snapshots are built and swapped on end, against the same in quiet.</summary>
internal static class SwapBench
{
    private const int MaximumDistance = 31;
    private const int Lookups = 30_000;

    public static async IAsyncEnumerable<Figure> RunAsync(BenchPlan plan)
    {
        var catalog = new ListCatalog();
        var hashes = RandomHashes.Pdq(plan.Entries, seed: 9);
        var queries = RandomHashes.Pdq(Lookups, seed: 8);
        BuildAndSwap(plan.CancellationToken);
        Measure();
        var quiet = Measure();

        using var measured = CancellationTokenSource.CreateLinkedTokenSource(plan.CancellationToken);
        var swapping = Task.Run(() =>
        {
            while (true) BuildAndSwap(measured.Token);
        });
        var busy = Measure();
        await measured.CancelAsync();
        try
        {
            await swapping;
        }
        catch (OperationCanceledException) when (!plan.CancellationToken.IsCancellationRequested)
        {
            // Lookups are over.
        }
        yield return new Figure("swap.p99", busy, "us", "the same without a swap", quiet / busy);

        // As a refresh does, from entries that are made on the way.
        void BuildAndSwap(CancellationToken cancellationToken)
        {
            var builder = new HashIndexBuilder();
            foreach (var entry in RandomHashes.Entries(hashes.Select(hash => hash.ToValue())))
            {
                cancellationToken.ThrowIfCancellationRequested();
                builder.Add(entry);
            }
            catalog.Publish(new ListSnapshot("bench", builder.Build(cancellationToken: cancellationToken), CompleteThrough: null));
        }

        double Measure()
        {
            var hits = new List<IndexHit>();
            var times = new double[Lookups];
            for (var i = 0; i < Lookups; i++)
            {
                var start = plan.Time.GetTimestamp();
                catalog.Current[0].Index.FindPdq(queries.AsSpan(i, 1), MaximumDistance, hits);
                times[i] = plan.Time.GetElapsedTime(start).TotalMicroseconds;
            }
            plan.CancellationToken.ThrowIfCancellationRequested();
            Array.Sort(times);
            return times[Lookups * 99 / 100];
        }
    }
}
