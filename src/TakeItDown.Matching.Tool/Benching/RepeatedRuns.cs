namespace TakeItDown.Matching.Tool.Benching;

/// <summary>Times work by the median of repeated runs, after some to warm up, in which the runtime compiles what is hot.</summary>
internal sealed class RepeatedRuns(TimeProvider time, CancellationToken cancellationToken)
{
    private const int Fewest = 5;
    private const int Most = 301;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(900);

    /// <summary>The median time of a run, in seconds.</summary>
    public async Task<double> TimeAsync(Func<Task> work) => (await TimeAsync([work]))[0];

    /// <summary>The median time of a run, in seconds.</summary>
    public Task<double> TimeAsync(Action work) => TimeAsync(ToTask(work));

    /// <summary>The median times of both, in seconds. They take turns, so that whatever else the machine does meets both alike.</summary>
    public async Task<(double Work, double Baseline)> CompareAsync(Action work, Action baseline)
    {
        var medians = await TimeAsync([ToTask(work), ToTask(baseline)]);
        return (medians[0], medians[1]);
    }

    private async Task<double[]> TimeAsync(Func<Task>[] works)
    {
        await RepeatAsync(works, WarmUp, fewest: 1);
        var times = await RepeatAsync(works, Enough, Fewest);
        return [.. times.Select(Median)];
    }

    private async Task<List<double>[]> RepeatAsync(Func<Task>[] works, TimeSpan enough, int fewest)
    {
        List<double>[] times = [.. works.Select(_ => new List<double>())];
        var start = time.GetTimestamp();
        do
        {
            for (var i = 0; i < works.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var begun = time.GetTimestamp();
                await works[i]();
                times[i].Add(time.GetElapsedTime(begun).TotalSeconds);
            }
        }
        while (times[0].Count < fewest || (times[0].Count < Most && time.GetElapsedTime(start) < enough));
        return times;
    }

    private static Func<Task> ToTask(Action work) => () =>
    {
        work();
        return Task.CompletedTask;
    };

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
