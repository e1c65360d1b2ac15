using System.Collections;
using static TakeItDown.Matching.Testing.Stores.Entries;

namespace TakeItDown.Matching.Testing.Stores;

/// <summary>What becomes of a change.</summary>
internal static class ChangeRules
{
    public static readonly (string Name, string Promise, Func<StoreTrial, Task> Check)[] All =
    [
        ("replace", "An entry with a known key replaces the earlier one whole.", ReplaceAsync),
        ("remove", "An entry that is removed is gone; an unknown key is no error.", RemoveAsync),
        ("remove-since", "A removal that asks for a generation leaves entries of lower ones alone.", RemoveSinceAsync),
        ("drop", "Entries of generations before DropsBefore leave the list, and no others; those of the same change have its generation.", DropAsync),
        ("tally", "What a change altered is counted: entries that are new or otherwise than they were, and those that are gone. What is seen again as it was counts for nothing.", TallyAsync),
        ("whole", "A change of which any part fails leaves nothing of itself.", WholeAsync),
    ];

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        await trial.ApplyAsync([new() { Key = Key(1), Media = MediaKind.Video, Classification = "A1", Categories = ["Viral"], Hashes = [Hash(HashKind.Md5, 1), Hash(HashKind.Pdq, 2)] }, Entry(2)])
            .ConfigureAwait(false);
        await trial.ApplyAsync([Entry(1)]).ConfigureAwait(false);
        await trial.HoldsAsync(Range(1, 2), "Something is left of what was replaced, or it was not replaced.").ConfigureAwait(false);
    }

    private static async Task RemoveAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 5)).ConfigureAwait(false);
        await trial.ApplyAsync(removals: [new(Key(1)), new(Key(77)), new(new EntryKey("7", "2"))]).ConfigureAwait(false);
        await trial.HoldsAsync([Entry(0), .. Range(2, 3)], "What is left is something else.").ConfigureAwait(false);
    }

    private static async Task RemoveSinceAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 4)).ConfigureAwait(false);
        await trial.ApplyAsync([Entry(0)], [new(Key(0), 2), new(Key(1), 2), new(Key(2), 1)], generation: 2).ConfigureAwait(false);
        await trial.ApplyAsync(removals: [new(Key(3), 2), new(Key(0), 2)], generation: 2).ConfigureAwait(false);
        await trial.HoldsAsync([Entry(1), Entry(3)], "An entry of a lower generation was removed, or one of that generation was not.").ConfigureAwait(false);
    }

    private static async Task DropAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 6)).ConfigureAwait(false);
        await trial.ApplyAsync(Range(0, 4), generation: 2).ConfigureAwait(false);
        await trial.ApplyAsync([Entry(0), Entry(5)], generation: 3, dropsBefore: 2).ConfigureAwait(false);
        await trial.HoldsAsync([.. Range(0, 4), Entry(5)], "With DropsBefore 2, other entries went than those of generation 1.").ConfigureAwait(false);
        await trial.ApplyAsync(generation: 3, dropsBefore: 3).ConfigureAwait(false);
        await trial.HoldsAsync([Entry(0), Entry(5)], "With DropsBefore 3, other entries went than those of generation 2.").ConfigureAwait(false);
    }

    private static async Task TallyAsync(StoreTrial trial)
    {
        await IsAsync(trial.ApplyAsync(Range(0, 5)), 5, 0).ConfigureAwait(false);
        await IsAsync(trial.ApplyAsync([.. Range(0, 5), Entry(5)], generation: 2), 1, 0).ConfigureAwait(false);
        await IsAsync(trial.ApplyAsync([Entry(0, version: 1)], [new(Key(1)), new(Key(77))], generation: 2), 1, 1).ConfigureAwait(false);
        await IsAsync(trial.ApplyAsync([Entry(0, version: 1)], generation: 3, dropsBefore: 3), 0, 4).ConfigureAwait(false);

        static async Task IsAsync(Task<AppliedChange> change, long upserts, long removals)
        {
            var changes = (await change.ConfigureAwait(false)).Changes;
            Finding.Unless((changes.Upserts, changes.Removals) == (upserts, removals), $"{upserts} upserts and {removals} removals were told as {changes.Upserts} and {changes.Removals}.");
        }
    }

    private static async Task WholeAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 20)).ConfigureAwait(false);
        var before = await trial.FindAsync().ConfigureAwait(false);
        StoreChange[] changes =
        [
            new() { Expected = before.Position, Generation = 2, Cursor = "half", Upserts = new Failing<ListEntry>(Entry(30)) },
            new() { Expected = before.Position, Generation = 2, Cursor = "half", Upserts = Range(10, 500), Removals = new Failing<StoreRemoval>(new(Key(1))) },
        ];
        foreach (var change in changes)
        {
            await Finding.ExpectsAsync<Exception>(async () => await trial.Store.ApplyAsync(StoreTrial.List, change, trial.Token).ConfigureAwait(false), "The failure was swallowed.")
                .ConfigureAwait(false);
            Finding.Unless(before == await trial.FindAsync().ConfigureAwait(false), "What is known of the list has changed.");
            await trial.HoldsAsync(Range(0, 20), "Half of its entries are there.").ConfigureAwait(false);
        }
        await trial.ApplyAsync([Entry(20)]).ConfigureAwait(false);
        await trial.HoldsAsync(Range(0, 21), "Half of it came with the next change.").ConfigureAwait(false);
    }

    /// <summary>Gives one item, and fails before the second.</summary>
    private sealed class Failing<T>(T first) : IReadOnlyList<T>
    {
        public int Count => 2;

        public T this[int index] => index == 0 ? first : throw new InvalidOperationException("This item fails on purpose.");

        public IEnumerator<T> GetEnumerator()
        {
            yield return first;
            throw new InvalidOperationException("This item fails on purpose.");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
