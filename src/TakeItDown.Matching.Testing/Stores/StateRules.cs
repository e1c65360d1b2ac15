using static TakeItDown.Matching.Testing.Stores.Entries;

namespace TakeItDown.Matching.Testing.Stores;

/// <summary>What a store gives back is what it was given.</summary>
internal static class StateRules
{
    public static readonly (string Name, string Promise, Func<StoreTrial, Task> Check)[] All =
    [
        ("nothing", "Of a list that was never written nothing is known: null, no entries, no older ones, no news.", NothingAsync),
        ("names", "The names are those of the lists that were written, each once.", NamesAsync),
        ("entries", "An entry comes back with all that it had.", EntriesAsync),
        ("cursor", "The cursor is that of the last change, character by character.", CursorAsync),
        ("complete-through", "The instant up to which a list is complete is the last that was given; a change without one leaves it.", CompleteThroughAsync),
        ("count", "The number of entries is right after each change.", CountAsync),
        ("count-before", "Entries are counted by the generation that last brought them.", CountBeforeAsync),
        ("lists-apart", "Lists do not share entries, even of the same key.", ListsApartAsync),
        ("snapshot", "Entries are read as of one instant, whatever is changed meanwhile.", SnapshotAsync),
        ("cancel", "A call that is cancelled before it begins does nothing.", CancelAsync),
    ];

    public static async Task OutlastsAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 5)).ConfigureAwait(false);
        var begin = await trial.PositionAsync().ConfigureAwait(false);
        await trial.ApplyAsync(Range(5, 2), [new(Key(0))], generation: 2, completeThrough: DateTimeOffset.UnixEpoch).ConfigureAwait(false);
        var (before, content) = (await trial.FindAsync().ConfigureAwait(false), await trial.ContentAsync().ConfigureAwait(false));
        var news = await trial.Store.ReadNewsAsync(StoreTrial.List, begin, 100, trial.Token).ConfigureAwait(false);
        var older = await trial.Store.CountBeforeAsync(StoreTrial.List, 2, trial.Token).ConfigureAwait(false);
        await trial.ReopenAsync().ConfigureAwait(false);

        Finding.Unless(before == await trial.FindAsync().ConfigureAwait(false), "What is known of the list is not the same.");
        Finding.Unless(AreSame(content, await trial.ContentAsync().ConfigureAwait(false)), "Its entries are not the same.");
        Finding.Unless(older == await trial.Store.CountBeforeAsync(StoreTrial.List, 2, trial.Token).ConfigureAwait(false), "Its generations are not the same.");
        var after = await trial.Store.ReadNewsAsync(StoreTrial.List, begin, 100, trial.Token).ConfigureAwait(false);
        Finding.Unless(news is null == after is null && news?.Changes.Count == after?.Changes.Count, "Its news are not the same.");
    }

    private static async Task NothingAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3), list: "another").ConfigureAwait(false);
        Finding.Unless(await trial.Store.FindAsync("never", trial.Token).ConfigureAwait(false) is null, "FindAsync found something.");
        Finding.Unless((await trial.ContentAsync("never").ConfigureAwait(false)).Length == 0, "It has entries.");
        Finding.Unless(await trial.Store.CountBeforeAsync("never", long.MaxValue, trial.Token).ConfigureAwait(false) == 0, "It has older entries.");
        Finding.Unless(await trial.Store.ReadNewsAsync("never", 0, 10, trial.Token).ConfigureAwait(false) is null, "It has news.");
    }

    private static async Task NamesAsync(StoreTrial trial)
    {
        Finding.Unless((await trial.Store.GetNamesAsync(trial.Token).ConfigureAwait(false)).Count == 0, "An empty place has lists.");
        string[] names = ["npo", "NPO", "ü ' \" % _", "a/b"];
        foreach (var name in names) await trial.ApplyAsync(Range(0, 1), list: name).ConfigureAwait(false);
        await trial.ApplyAsync(Range(0, 2), list: "npo").ConfigureAwait(false);
        var found = await trial.Store.GetNamesAsync(trial.Token).ConfigureAwait(false);
        Finding.Unless(found.Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal), StringComparer.Ordinal), "The names are others.");
    }

    private static async Task EntriesAsync(StoreTrial trial)
    {
        ListEntry[] entries =
        [
            new() { Key = new EntryKey("42", "every kind"), Media = MediaKind.Image, Hashes = [.. Enum.GetValues<HashKind>().Where(kind => kind != HashKind.None).Select(kind => Hash(kind, 7))] },
            new() { Key = new EntryKey("42", "no hash"), Media = MediaKind.Video, Hashes = [], Classification = "A1", Timestamp = DateTimeOffset.UnixEpoch.AddTicks(1) },
            new() { Key = new EntryKey("", ""), Media = MediaKind.Image, Hashes = [Hash(HashKind.Md5, 1), Hash(HashKind.Md5, 2)], Categories = ["Viral", "ü"] },
            new() { Key = new EntryKey("ü ' \" %", "\u0001\n"), Media = MediaKind.Image, Hashes = [Hash(HashKind.Pdq, 3)], Feedback = [new(HashKind.Md5, true, "wrong", 3), new(HashKind.None, false, null, 1)] },
            new() { Key = new EntryKey("4", "2x"), Media = MediaKind.Video, Hashes = [.. Enumerable.Range(0, 1000).Select(frame => Hash(HashKind.Pdq, frame))] },
            new() { Key = new EntryKey("42", "x"), Media = MediaKind.Image, Hashes = [Hash(HashKind.Md5, 4)] },
            new() { Key = new EntryKey("42", "X"), Media = MediaKind.Image, Hashes = [Hash(HashKind.Md5, 5)] },
        ];
        await trial.ApplyAsync(entries).ConfigureAwait(false);
        await trial.HoldsAsync(entries, "What came back is something else.").ConfigureAwait(false);
    }

    private static async Task CursorAsync(StoreTrial trial)
    {
        string[] cursors = ["1", "", "{\"a\":\"\\u00e9 ü\"}", new string('x', 100_000), "cursor e\u0301 ", "CURSOR"];
        for (var i = 0; i < cursors.Length; i++)
        {
            await trial.ApplyAsync(Range(i, 1), cursor: cursors[i]).ConfigureAwait(false);
            Finding.Unless((await trial.FindAsync().ConfigureAwait(false)).Cursor == cursors[i], $"The cursor of change {i} came back as something else.");
        }
    }

    private static async Task CompleteThroughAsync(StoreTrial trial)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(1_234_567_891);
        DateTimeOffset?[] given = [null, time, null, time.AddDays(-1)], expected = [null, time, time, time.AddDays(-1)];
        for (var i = 0; i < given.Length; i++)
        {
            await trial.ApplyAsync(Range(i, 1), completeThrough: given[i]).ConfigureAwait(false);
            Finding.Unless((await trial.FindAsync().ConfigureAwait(false)).CompleteThrough == expected[i], $"It is another instant after change {i}.");
        }
    }

    private static async Task CountAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 10)).ConfigureAwait(false);
        Finding.Unless((await trial.FindAsync().ConfigureAwait(false)).Entries == 10, "Ten entries are counted as another number.");
        await trial.ApplyAsync([.. Range(5, 6), Entry(1, version: 1)]).ConfigureAwait(false);
        Finding.Unless((await trial.FindAsync().ConfigureAwait(false)).Entries == 11, "An entry that is replaced counts anew, or a new one does not.");
    }

    private static async Task CountBeforeAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 10)).ConfigureAwait(false);
        await trial.ApplyAsync(Range(0, 6), generation: 2).ConfigureAwait(false);
        // Seen again as they were, or changed: both count as seen.
        await trial.ApplyAsync([Entry(0), Entry(1), Entry(2, version: 1)], generation: 5).ConfigureAwait(false);
        foreach (var (generation, expected) in ((long, long)[])[(1, 0), (2, 4), (3, 7), (5, 7), (6, 10), (long.MaxValue, 10)])
        {
            Finding.Unless(
                await trial.Store.CountBeforeAsync(StoreTrial.List, generation, trial.Token).ConfigureAwait(false) == expected,
                $"Not {expected} entries are of a generation before {generation}.");
        }
        Finding.Unless((await trial.FindAsync().ConfigureAwait(false)).Generation == 5, "The list's generation is not the last that was given.");
    }

    private static async Task ListsApartAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3)).ConfigureAwait(false);
        await trial.ApplyAsync([Entry(1, version: 1)], list: "another").ConfigureAwait(false);
        await trial.HoldsAsync(Range(0, 3), "A list changed with another.").ConfigureAwait(false);
        Finding.Unless(AreSame(await trial.ContentAsync("another").ConfigureAwait(false), Content([Entry(1, version: 1)])), "A list holds what is on another.");
    }

    private static async Task SnapshotAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 50)).ConfigureAwait(false);
        var read = new List<ListEntry>();
        await foreach (var entry in trial.Store.ReadEntriesAsync(StoreTrial.List, trial.Token).ConfigureAwait(false))
        {
            if (read.Count == 0) await trial.ApplyAsync([.. Range(50, 50), Entry(40, version: 1)], [new(Key(41))]).ConfigureAwait(false);
            read.Add(entry);
        }
        Finding.Unless(AreSame(Content(read), Content(Range(0, 50))), "What was read is neither what was there at its begin, nor whole.");
    }

    private static async Task CancelAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 3)).ConfigureAwait(false);
        var expected = await trial.PositionAsync().ConfigureAwait(false);
        await Finding.ExpectsAsync<OperationCanceledException>(
            async () => await trial.Store.ApplyAsync(StoreTrial.List, new StoreChange { Expected = expected, Generation = 1, Cursor = "x", Upserts = [Entry(9)] }, new CancellationToken(canceled: true)).ConfigureAwait(false),
            "A cancelled change is not refused.").ConfigureAwait(false);
        await trial.HoldsAsync(Range(0, 3), "A cancelled change was applied.").ConfigureAwait(false);
    }
}
