namespace TakeItDown.Matching.Testing.Sources;

/// <summary>Every rule of <see cref="IListSource"/>.</summary>
internal static class SourceRules
{
    public static IEnumerable<Rule> All(Func<IListSource> open)
    {
        yield return Make("name", "A source has a name, and keeps it.", NameAsync);
        yield return Make("begins", "Without a cursor the list is read from its beginning: the first page starts over, and no later one does.", BeginsAsync);
        yield return Make("ends", "Reading ends, with a page that says what the list is complete through; that is not in the future.", EndsAsync);
        yield return Make("keys", "A key stands at most once in a page, as an entry or as a removal.", KeysAsync);
        yield return Make("cursors", "Every page has a cursor, fit to be stored: not empty, and under 64 KiB.", CursorsAsync);
        yield return Make("goes-on", "From the cursor of any page reading goes on, without starting over, to the same list.", GoesOnAsync);
        yield return Make("repeats", "Two readings from the beginning give the same list.", RepeatsAsync);
        yield return Make("cancel", "A reading that is cancelled ends with OperationCanceledException.", CancelAsync);

        Rule Make(string name, string promise, Func<IListSource, CancellationToken, Task> check) => new(name, promise, async cancellationToken =>
        {
            var place = new Place<IListSource>(_ => open());
            await using (place.ConfigureAwait(false))
            {
                await check(place.Open(), cancellationToken).ConfigureAwait(false);
            }
        });
    }

    private static async Task<List<ListPage>> ReadAsync(IListSource source, string? cursor, CancellationToken cancellationToken)
    {
        var pages = new List<ListPage>();
        await foreach (var page in source.ReadAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            pages.Add(page);
            Finding.Unless(pages.Count < 10_000, "After 10,000 pages there is one more.");
        }
        return pages;
    }

    /// <summary>What the pages leave, as text that can be compared.</summary>
    private static List<string> Content(IEnumerable<ListPage> pages)
    {
        var entries = new Dictionary<EntryKey, ListEntry>();
        foreach (var page in pages)
        {
            foreach (var entry in page.Upserts) entries[entry.Key] = entry;
            foreach (var removal in page.Removals) entries.Remove(removal.Key);
        }
        return [.. entries.Values.Select(Stores.Entries.Describe).Order(StringComparer.Ordinal)];
    }

    private static Task NameAsync(IListSource source, CancellationToken cancellationToken)
    {
        Finding.Unless(!string.IsNullOrWhiteSpace(source.Name), "It has none.");
        Finding.Unless(source.Name == source.Name, "It has two.");
        return Task.CompletedTask;
    }

    private static async Task BeginsAsync(IListSource source, CancellationToken cancellationToken)
    {
        var pages = await ReadAsync(source, null, cancellationToken).ConfigureAwait(false);
        Finding.Unless(pages.Count > 0, "There is no page.");
        Finding.Unless(pages[0].StartsOver, "The first page does not start over.");
        Finding.Unless(!pages.Skip(1).Any(page => page.StartsOver), "A later page starts over, too: what came before it counts as unseen.");
    }

    private static async Task EndsAsync(IListSource source, CancellationToken cancellationToken)
    {
        var pages = await ReadAsync(source, null, cancellationToken).ConfigureAwait(false);
        Finding.Unless(pages is [.., { CompleteThrough: not null }], "The last page does not say so.");
        var latest = TimeProvider.System.GetUtcNow().AddDays(1);
        Finding.Unless(pages.TrueForAll(page => page.CompleteThrough is null || page.CompleteThrough < latest), "A page is complete through tomorrow.");
    }

    private static async Task KeysAsync(IListSource source, CancellationToken cancellationToken)
    {
        foreach (var page in await ReadAsync(source, null, cancellationToken).ConfigureAwait(false))
        {
            var keys = page.Upserts.Select(entry => entry.Key).Concat(page.Removals.Select(removal => removal.Key)).ToList();
            Finding.Unless(keys.Count == keys.Distinct().Count(), "One stands twice.");
        }
    }

    private static async Task CursorsAsync(IListSource source, CancellationToken cancellationToken)
    {
        foreach (var page in await ReadAsync(source, null, cancellationToken).ConfigureAwait(false)) Finding.Unless(page.Cursor is { Length: > 0 and < 65_536 }, "One has none, or a long one.");
    }

    private static async Task GoesOnAsync(IListSource source, CancellationToken cancellationToken)
    {
        var pages = await ReadAsync(source, null, cancellationToken).ConfigureAwait(false);
        var content = Content(pages);
        for (var i = 0; i < pages.Count; i++)
        {
            var rest = await ReadAsync(source, pages[i].Cursor, cancellationToken).ConfigureAwait(false);
            Finding.Unless(!rest.Exists(page => page.StartsOver), "It starts over.");
            Finding.Unless(Content(pages.Take(i + 1).Concat(rest)).SequenceEqual(content, StringComparer.Ordinal), $"What is read after page {i + 1} leads to another list.");
        }
    }

    private static async Task RepeatsAsync(IListSource source, CancellationToken cancellationToken)
    {
        var first = Content(await ReadAsync(source, null, cancellationToken).ConfigureAwait(false));
        Finding.Unless(first.Count >= 2, "The list has fewer than two entries, and so tells nothing of the rules.");
        Finding.Unless(first.SequenceEqual(Content(await ReadAsync(source, null, cancellationToken).ConfigureAwait(false)), StringComparer.Ordinal), "They differ.");
    }

    private static Task CancelAsync(IListSource source, CancellationToken cancellationToken) => Finding.ExpectsAsync<OperationCanceledException>(
        () => ReadAsync(source, null, new CancellationToken(canceled: true)), "It went on.");
}
