namespace TakeItDown.Matching.PublicApi.Tests.Kits;

/// <summary>A store in which one thing is wrong, whatever a test says it is.</summary>
internal sealed class StoreDouble(IListStore inner) : IListStore
{
    public Func<IReadOnlyList<string>, IReadOnlyList<string>>? Names { get; init; }

    public Func<string, StoredList?, StoredList?>? Found { get; init; }

    public Func<string, long, long, long>? Counted { get; init; }

    public Func<IListStore, string, StoreChange, CancellationToken, ValueTask<AppliedChange>>? Applied { get; init; }

    public Func<IListStore, string, IAsyncEnumerable<ListEntry>>? Entries { get; init; }

    public Func<IListStore, string, long, int, ValueTask<ListNews?>>? News { get; init; }

    public async ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken = default)
    {
        var names = await inner.GetNamesAsync(cancellationToken);
        return Names?.Invoke(names) ?? names;
    }

    public async ValueTask<StoredList?> FindAsync(string list, CancellationToken cancellationToken = default)
    {
        var found = await inner.FindAsync(list, cancellationToken);
        return Found is null ? found : Found(list, found);
    }

    public async ValueTask<long> CountBeforeAsync(string list, long generation, CancellationToken cancellationToken = default)
    {
        var counted = await inner.CountBeforeAsync(list, generation, cancellationToken);
        return Counted?.Invoke(list, generation, counted) ?? counted;
    }

    public ValueTask<AppliedChange> ApplyAsync(string list, StoreChange change, CancellationToken cancellationToken = default) =>
        Applied?.Invoke(inner, list, change, cancellationToken) ?? inner.ApplyAsync(list, change, cancellationToken);

    public IAsyncEnumerable<ListEntry> ReadEntriesAsync(string list, CancellationToken cancellationToken = default) =>
        Entries?.Invoke(inner, list) ?? inner.ReadEntriesAsync(list, cancellationToken);

    public ValueTask<ListNews?> ReadNewsAsync(string list, long since, int limit, CancellationToken cancellationToken = default) =>
        News?.Invoke(inner, list, since, limit) ?? inner.ReadNewsAsync(list, since, limit, cancellationToken);
}

/// <summary>For each rule a store that breaks it, and no other.</summary>
internal static class StoreDoubles
{
    public static Dictionary<string, Func<IListStore>> All { get; } = new()
    {
        ["nothing"] = () => new StoreDouble(new PartnerStore()) { Counted = (list, _, counted) => list == "never" ? 1 : counted },
        ["names"] = () => new StoreDouble(new PartnerStore()) { Names = names => [.. names, .. names] },
        ["entries"] = () => new StoreDouble(new PartnerStore()) { Entries = (inner, list) => inner.ReadEntriesAsync(list).Select(entry => With(entry, entry.Hashes, categories: [])) },
        ["cursor"] = () => new StoreDouble(new PartnerStore()) { Found = (_, found) => found is null ? null : found with { Cursor = found.Cursor.Trim() } },
        ["complete-through"] = () => new StoreDouble(new PartnerStore())
        {
            Found = (_, found) => found is null ? null : found with { CompleteThrough = found.CompleteThrough is { } time ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()) : null },
        },
        ["count"] = () => new StoreDouble(new PartnerStore()) { Found = (_, found) => found is null ? null : found with { Entries = Math.Max(found.Entries, 0) + 1 } },
        ["count-before"] = () => new StoreDouble(new PartnerStore()) { Counted = (list, generation, counted) => generation == 3 ? counted - 1 : counted },
        ["lists-apart"] = () => new StoreDouble(new PartnerStore()) { Applied = Spilling },
        ["snapshot"] = () => new StoreDouble(new PartnerStore()) { Entries = Live },
        ["cancel"] = () => new StoreDouble(new PartnerStore()) { Applied = (inner, list, change, _) => inner.ApplyAsync(list, change, CancellationToken.None) },
        ["replace"] = () => new StoreDouble(new PartnerStore()) { Applied = Merging },
        ["remove"] = () => Changing(change => Copy(change, removals: [.. change.Removals.Select(removal => removal with { Key = new EntryKey("42", removal.Key.Id) })])),
        ["remove-since"] = () => Changing(change => Copy(change, removals: [.. change.Removals.Select(removal => removal with { Since = 0 })])),
        ["drop"] = () => Changing(change => Copy(change, dropsBefore: change.DropsBefore < change.Generation ? 0 : change.DropsBefore)),
        ["tally"] = () => new StoreDouble(new PartnerStore())
        {
            Applied = async (inner, list, change, token) =>
            {
                var applied = await inner.ApplyAsync(list, change, token);
                return applied with { Changes = new ListChanges(change.Upserts.Count, applied.Changes.Removals) };
            },
        },
        ["whole"] = () => new StoreDouble(new PartnerStore()) { Applied = Halving },
        ["position-told"] = () => new StoreDouble(new PartnerStore())
        {
            Applied = async (inner, list, change, token) =>
            {
                var applied = await inner.ApplyAsync(list, change, token);
                return applied with { Position = applied.Position + 1 };
            },
        },
        ["position-moves"] = () => new StoreDouble(new PartnerStore())
        {
            Applied = async (inner, list, change, token) =>
                change.Upserts.Count + change.Removals.Count + change.DropsBefore == 0 && await inner.FindAsync(list, token) is { } found && found.Position == change.Expected
                    ? new AppliedChange(found.Position, default)
                    : await inner.ApplyAsync(list, change, token),
        },
        ["position-begins"] = () => new PartnerStore(() => 1),
        ["conflict"] = () => Expecting((expected, found) => expected == 0 && found is not null ? found.Position : expected),
        ["conflict-begin"] = () => Expecting((expected, found) => found is null ? 0 : expected),
        ["conflict-generation"] = () => new StoreDouble(new PartnerStore())
        {
            Applied = async (inner, list, change, token) =>
                await inner.ApplyAsync(list, Copy(change, generation: Math.Max(change.Generation, (await inner.FindAsync(list, token))?.Generation ?? 1)), token),
        },
        ["conflict-race"] = () => new StoreDouble(new PartnerStore()) { Applied = new Racing().ApplyAsync },
        ["news-lead"] = () => Telling(news => news with { Changes = [.. news.Changes.Select(change => change.Entry is null ? EntryChange.Removed(change.Position, default) : change)] }),
        ["news-order"] = () => new StoreDouble(new PartnerStore()) { News = (inner, list, since, limit) => inner.ReadNewsAsync(list, since, limit * 2) },
        ["news-once"] = () => new StoreDouble(new PartnerStore()) { News = Repeating },
        ["news-unknown"] = () => new StoreDouble(new PartnerStore())
        {
            News = async (inner, list, since, limit) => await inner.FindAsync(list) is { } found && since > found.Position ? new ListNews([], since) : await inner.ReadNewsAsync(list, since, limit),
        },
    };

    private static StoreDouble Changing(Func<StoreChange, StoreChange> change) =>
        new(new PartnerStore()) { Applied = (inner, list, given, token) => inner.ApplyAsync(list, change(given), token) };

    private static StoreDouble Expecting(Func<long, StoredList?, long> expect) => new(new PartnerStore())
    {
        Applied = async (inner, list, change, token) => await inner.ApplyAsync(list, Copy(change, expected: expect(change.Expected, await inner.FindAsync(list, token))), token),
    };

    private static StoreDouble Telling(Func<ListNews, ListNews> tell) => new(new PartnerStore())
    {
        News = async (inner, list, since, limit) => await inner.ReadNewsAsync(list, since, limit) is { } news ? tell(news) : null,
    };

    private static StoreChange Copy(
        StoreChange change, IReadOnlyList<ListEntry>? upserts = null, IReadOnlyList<StoreRemoval>? removals = null, long? dropsBefore = null, long? expected = null, long? generation = null)
    {
        return new StoreChange
        {
            Expected = expected ?? change.Expected,
            Generation = generation ?? change.Generation,
            Upserts = upserts ?? change.Upserts,
            Removals = removals ?? change.Removals,
            DropsBefore = dropsBefore ?? change.DropsBefore,
            Cursor = change.Cursor,
            CompleteThrough = change.CompleteThrough,
        };
    }

    private static ListEntry With(ListEntry entry, IReadOnlyList<HashValue> hashes, IReadOnlyList<string> categories) => new()
    {
        Key = entry.Key,
        Media = entry.Media,
        Classification = entry.Classification,
        Timestamp = entry.Timestamp,
        Hashes = hashes,
        Categories = categories,
        Feedback = entry.Feedback,
    };

    /// <summary>What is written to another list changes entries of the same key on this one.</summary>
    private static async ValueTask<AppliedChange> Spilling(IListStore inner, string list, StoreChange change, CancellationToken token)
    {
        var applied = await inner.ApplyAsync(list, change, token);
        if (list != "list" && await inner.FindAsync("list", token) is { } found)
            await inner.ApplyAsync("list", new StoreChange { Expected = found.Position, Generation = found.Generation, Cursor = found.Cursor, Upserts = change.Upserts }, token);
        return applied;
    }

    /// <summary>Reads each entry as it is when its turn comes.</summary>
    private static async IAsyncEnumerable<ListEntry> Live(IListStore inner, string list)
    {
        foreach (var key in await inner.ReadEntriesAsync(list).Select(entry => entry.Key).ToListAsync())
        {
            if (await inner.ReadEntriesAsync(list).FirstOrDefaultAsync(entry => entry.Key == key) is { } entry) yield return entry;
        }
    }

    /// <summary>Keeps the hashes that an entry had before.</summary>
    private static async ValueTask<AppliedChange> Merging(IListStore inner, string list, StoreChange change, CancellationToken token)
    {
        var known = await inner.ReadEntriesAsync(list, token).ToDictionaryAsync(entry => entry.Key, cancellationToken: token);
        return await inner.ApplyAsync(
            list, Copy(change, upserts: [.. change.Upserts.Select(entry => known.TryGetValue(entry.Key, out var old) ? With(entry, [.. old.Hashes.Concat(entry.Hashes).Distinct()], entry.Categories) : entry)]), token);
    }

    /// <summary>Applies a change in two halves.</summary>
    private static async ValueTask<AppliedChange> Halving(IListStore inner, string list, StoreChange change, CancellationToken token)
    {
        if (change.Removals.Count == 0) return await inner.ApplyAsync(list, change, token);
        var first = await inner.ApplyAsync(list, Copy(change, removals: [], dropsBefore: 0), token);
        var second = await inner.ApplyAsync(list, Copy(change, upserts: [], expected: first.Position), token);
        return second with { Changes = first.Changes + second.Changes };
    }

    /// <summary>Tells of an entry that did not change, behind all news.</summary>
    private static async ValueTask<ListNews?> Repeating(IListStore inner, string list, long since, int limit)
    {
        var news = await inner.ReadNewsAsync(list, since, limit);
        if (news is not { Changes.Count: 0 } || news.Position == since) return news;
        return news with { Changes = [EntryChange.Upserted(news.Position, await inner.ReadEntriesAsync(list).FirstAsync())] };
    }

    /// <summary>Looks first, and writes later.</summary>
    private sealed class Racing
    {
        private readonly TaskCompletionSource _two = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;

        public async ValueTask<AppliedChange> ApplyAsync(IListStore inner, string list, StoreChange change, CancellationToken token)
        {
            var position = (await inner.FindAsync(list, token))?.Position ?? 0;
            if (change.Expected != position) throw new ListConflictException();
            if (change.Cursor == "x" && change.Upserts.Count == 1 && position != 0)
            {
                if (Interlocked.Increment(ref _inside) == 2) _two.TrySetResult();
                // Where the changes of a race come one by one after all, this one goes on alone.
                await Task.WhenAny(_two.Task, Task.Delay(TimeSpan.FromSeconds(5), token));
            }
            while (true)
            {
                try
                {
                    return await inner.ApplyAsync(list, Copy(change, expected: (await inner.FindAsync(list, token))?.Position ?? 0), token);
                }
                catch (ListConflictException)
                {
                    // Another was faster; it does not look twice.
                    if (change.Generation < ((await inner.FindAsync(list, token))?.Generation ?? 1)) throw;
                }
            }
        }
    }
}
