using static TakeItDown.Matching.Testing.Stores.Entries;

namespace TakeItDown.Matching.Testing.Stores;

/// <summary>What a store tells of its changes. One that tells of none, and says so by null, keeps these rules, too.</summary>
internal static class NewsRules
{
    public static readonly (string Name, string Promise, Func<StoreTrial, Task> Check)[] All =
    [
        ("news-lead", "From any position on, the news lead to what the list holds.", LeadAsync),
        ("news-order", "News come in the order of their positions, after the one that was asked from, and no more at once than was asked for.", OrderAsync),
        ("news-once", "What is seen again as it was is no news.", OnceAsync),
        ("news-unknown", "A position that the list never had has no news: null.", UnknownAsync),
    ];

    private static async Task LeadAsync(StoreTrial trial)
    {
        var followers = new List<(long Position, Dictionary<KeyDigest, string> Entries)>();
        for (var step = 0; step < 12; step++)
        {
            await trial.ApplyAsync(
                [.. Range((step * 2) + 20, 4), Entry(step, version: step), Entry(100 + (step / 2), version: step)], [new(Key((step * 2) + 17))], generation: 1 + (step / 4), dropsBefore: step == 11 ? 3 : 0).ConfigureAwait(false);
            var entries = new Dictionary<KeyDigest, string>();
            await foreach (var entry in trial.Store.ReadEntriesAsync(StoreTrial.List, trial.Token).ConfigureAwait(false)) entries[KeyDigest.Of(entry.Key)] = Describe(entry);
            followers.Add((await trial.PositionAsync().ConfigureAwait(false), entries));
        }
        var content = await trial.ContentAsync().ConfigureAwait(false);
        foreach (var (position, entries) in followers)
        {
            if (await ReadAsync(trial, position, limit: 3).ConfigureAwait(false) is not { } news) continue;
            foreach (var change in news)
            {
                if (change.Entry is { } entry) entries[KeyDigest.Of(entry.Key)] = Describe(entry);
                else entries.Remove(change.Key);
            }
            Finding.Unless(entries.Values.Order(StringComparer.Ordinal).SequenceEqual(content, StringComparer.Ordinal), "They lead elsewhere.");
        }
    }

    private static async Task OrderAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 2)).ConfigureAwait(false);
        var since = await trial.PositionAsync().ConfigureAwait(false);
        for (var step = 0; step < 5; step++) await trial.ApplyAsync(Range(step * 3, 3), [new(Key(step * 2))]).ConfigureAwait(false);
        for (var limit = 1; limit < 9; limit++)
        {
            if (await trial.Store.ReadNewsAsync(StoreTrial.List, since, limit, trial.Token).ConfigureAwait(false) is not { } news) return;
            Finding.Unless(news.Changes.Count > 0 && news.Changes.Count <= limit, $"Of at most {limit} changes {news.Changes.Count} came.");
            var last = since;
            foreach (var change in news.Changes)
            {
                Finding.Unless(change.Position > last, "One came before another of a lower position, or before the position that was asked from.");
                last = change.Position;
            }
        }
    }

    private static async Task OnceAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 5)).ConfigureAwait(false);
        var since = await trial.PositionAsync().ConfigureAwait(false);
        await trial.ApplyAsync(Range(0, 5), [new(Key(77))], generation: 2).ConfigureAwait(false);
        if (await ReadAsync(trial, since, limit: 100).ConfigureAwait(false) is { } news) Finding.Unless(news.Count == 0, $"{news.Count} changes were told where there were none.");
    }

    private static async Task UnknownAsync(StoreTrial trial)
    {
        await trial.ApplyAsync(Range(0, 5)).ConfigureAwait(false);
        var position = await trial.PositionAsync().ConfigureAwait(false);
        foreach (var since in (long[])[0, -1, position + 1, long.MaxValue, long.MinValue])
            Finding.Unless(await trial.Store.ReadNewsAsync(StoreTrial.List, since, 10, trial.Token).ConfigureAwait(false) is null, "It has.");
    }

    /// <summary>All news since a position; null where the store does not know them.</summary>
    private static async Task<List<EntryChange>?> ReadAsync(StoreTrial trial, long since, int limit)
    {
        var all = new List<EntryChange>();
        for (var calls = 0; calls < 1000; calls++)
        {
            if (await trial.Store.ReadNewsAsync(StoreTrial.List, since, limit, trial.Token).ConfigureAwait(false) is not { } news) return null;
            all.AddRange(news.Changes);
            if (news.Changes.Count == 0) return all;
            since = news.Position;
        }
        throw new Finding("The news have no end.");
    }
}
