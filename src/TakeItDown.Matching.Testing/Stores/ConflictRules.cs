using static TakeItDown.Matching.Testing.Stores.Entries;

namespace TakeItDown.Matching.Testing.Stores;

/// <summary>Positions, and what does not follow them.</summary>
internal static class ConflictRules
{
    public static readonly (string Name, string Promise, Func<StoreTrial, Task> Check)[] All =
    [
        ("position-told", "The position that ApplyAsync tells is the one that FindAsync tells then.", ToldAsync),
        ("position-moves", "Every change moves the position on, one that only brings a cursor, too.", MovesAsync),
        ("position-begins", "A list that is begun elsewhere begins at another position: one of a lost store must not pass for one of its successor's.", BeginsAsync),
        ("conflict", "A change that expects another position is refused with ListConflictException, and changes nothing.", ConflictAsync),
        ("conflict-begin", "Nothing follows a list that is not there but a change that expects 0.", ConflictBeginAsync),
        ("conflict-generation", "A change of a lower generation than the list's, or of none, is refused with ListConflictException, and changes nothing.", ConflictGenerationAsync),
        ("conflict-race", "Of changes that expect the same position at the same time, one is taken.", RaceAsync),
    ];

    private static async Task ToldAsync(StoreTrial trial)
    {
        for (var i = 0; i < 3; i++)
        {
            var applied = await trial.ApplyAsync(Range(i, 2)).ConfigureAwait(false);
            Finding.Unless(applied.Position == await trial.PositionAsync().ConfigureAwait(false), "They differ.");
        }
    }

    private static async Task MovesAsync(StoreTrial trial)
    {
        var last = 0L;
        foreach (var upserts in (ListEntry[][])[Range(0, 3), [], Range(0, 3), [Entry(1, version: 1)], []])
        {
            await trial.ApplyAsync(upserts).ConfigureAwait(false);
            var position = await trial.PositionAsync().ConfigureAwait(false);
            Finding.Unless(position > last, "It stayed where it was, or went back.");
            last = position;
        }
    }

    private static async Task BeginsAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3)).ConfigureAwait(false);
        var applied = await trial.OpenAnother().ApplyAsync(
            StoreTrial.List, new StoreChange { Expected = 0, Generation = 1, Cursor = "cursor", Upserts = Range(0, 3) }, trial.Token).ConfigureAwait(false);
        Finding.Unless(applied.Position != await trial.PositionAsync().ConfigureAwait(false), "Two begin alike: see StoredList.BeginPosition.");
    }

    private static async Task ConflictAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3)).ConfigureAwait(false);
        var early = await trial.PositionAsync().ConfigureAwait(false);
        await trial.ApplyAsync(Range(3, 3)).ConfigureAwait(false);
        var position = await trial.PositionAsync().ConfigureAwait(false);
        foreach (var expected in (long[])[early, position - 1, position + 1, 0, long.MaxValue, long.MinValue])
            await RefusedAsync(trial, expected, generation: 1).ConfigureAwait(false);
    }

    private static async Task ConflictBeginAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 1), list: "another").ConfigureAwait(false);
        foreach (var expected in (long[])[1, -1, await trial.PositionAsync("another").ConfigureAwait(false)])
        {
            await Finding.ExpectsAsync<ListConflictException>(
                async () => await trial.Store.ApplyAsync(StoreTrial.List, new StoreChange { Expected = expected, Generation = 1, Cursor = "x" }, trial.Token).ConfigureAwait(false),
                "The middle of a list was taken for its beginning.").ConfigureAwait(false);
            Finding.Unless(await trial.Store.FindAsync(StoreTrial.List, trial.Token).ConfigureAwait(false) is null, "What was refused left a list behind.");
        }
    }

    private static async Task ConflictGenerationAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3), generation: 3).ConfigureAwait(false);
        var position = await trial.PositionAsync().ConfigureAwait(false);
        foreach (var generation in (long[])[2, 1, 0, -1]) await RefusedAsync(trial, position, generation).ConfigureAwait(false);
    }

    private static async Task RaceAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3)).ConfigureAwait(false);
        var expected = await trial.PositionAsync().ConfigureAwait(false);
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            try
            {
                await trial.Store.ApplyAsync(StoreTrial.List, new StoreChange { Expected = expected, Generation = 1, Cursor = "x", Upserts = [Entry(10 + number)] }, trial.Token).ConfigureAwait(false);
                Interlocked.Increment(ref taken);
            }
            catch (ListConflictException)
            {
                // As it should be for all but one.
            }
        }, trial.Token))).ConfigureAwait(false);
        Finding.Unless(taken == 1, $"{taken} of 8 were taken.");
    }

    private static async Task RefusedAsync(StoreTrial trial, long expected, long generation)
    {
        var (before, content) = (await trial.FindAsync().ConfigureAwait(false), await trial.ContentAsync().ConfigureAwait(false));
        var change = new StoreChange { Expected = expected, Generation = generation, Cursor = "refused", Upserts = [Entry(77)], Removals = [new(Key(1))], CompleteThrough = DateTimeOffset.UnixEpoch };
        await Finding.ExpectsAsync<ListConflictException>(async () => await trial.Store.ApplyAsync(StoreTrial.List, change, trial.Token).ConfigureAwait(false), "It was taken.").ConfigureAwait(false);
        Finding.Unless(before == await trial.FindAsync().ConfigureAwait(false), "It changed what is known of the list.");
        Finding.Unless(AreSame(content, await trial.ContentAsync().ConfigureAwait(false)), "It changed the entries.");
    }
}
