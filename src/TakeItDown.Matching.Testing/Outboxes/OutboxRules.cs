using System.Globalization;

namespace TakeItDown.Matching.Testing.Outboxes;

/// <summary>Every rule of <see cref="IFeedbackOutbox"/>.</summary>
internal static class OutboxRules
{
    private const string List = "list";

    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<Rule> All(Func<string, IFeedbackOutbox> open, bool outlasts)
    {
        yield return Make("words", "A word comes back with all that it had.", WordsAsync);
        yield return Make("order", "Words are found in the order in which they were put, each behind the place of the one before; places are 1 or more.", OrderAsync);
        yield return Make("replace", "A later word on the same takes the place of the earlier one.", ReplaceAsync);
        yield return Make("speak-again", "A word that was sent waits no more, also when it is put again; another word on the same waits.", SpeakAgainAsync);
        yield return Make("sent-other", "Where another word has taken its place, marking the earlier one as sent changes nothing.", SentOtherAsync);
        yield return Make("remove", "A word that is given up waits no more, and may be put again.", RemoveAsync);
        yield return Make("remove-other", "Where another word has taken its place, giving up the earlier one changes nothing.", RemoveOtherAsync);
        yield return Make("count", "The words of a list that wait are counted.", CountAsync);
        yield return Make("forget", "What was sent before an instant is forgotten, and may be put again; what waits, or was sent since, is not.", ForgetAsync);
        yield return Make("lists-apart", "The words of one list are not found under another.", ListsApartAsync);
        if (outlasts) yield return Make("outlasts", "What waits, and what was sent, is known when its place is opened again.", OutlastsAsync);

        Rule Make(string name, string promise, Func<Place<IFeedbackOutbox>, CancellationToken, Task> check) => new(name, promise, async cancellationToken =>
        {
            var place = new Place<IFeedbackOutbox>(open);
            await using (place.ConfigureAwait(false))
            {
                await check(place, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    private static EntryFeedback Word(int id, params string[] reasons) => Word(new EntryKey("42", id.ToString(CultureInfo.InvariantCulture)), HashKind.Md5, reasons);

    private static EntryFeedback Word(EntryKey entry, HashKind kind, string[] reasons, string list = List) => new() { List = list, Entry = entry, Kind = kind, Reasons = reasons };

    private static string Describe(EntryFeedback word) => $"{word.List}|{word.Entry.Member}|{word.Entry.Id}|{word.Kind}|{string.Join(',', word.Reasons)}";

    private static async Task<List<QueuedFeedback>> WaitingAsync(IFeedbackOutbox outbox, CancellationToken cancellationToken, string list = List)
    {
        var words = new List<QueuedFeedback>();
        while (await outbox.FindNextAsync(list, words.Count == 0 ? 0 : words[^1].Place, cancellationToken).ConfigureAwait(false) is { } next)
        {
            words.Add(next);
            Finding.Unless(words.Count < 1000, "The same words come again and again.");
        }
        return words;
    }

    private static async Task WaitAsync(IFeedbackOutbox outbox, CancellationToken cancellationToken, params EntryFeedback[] expected)
    {
        var waiting = await WaitingAsync(outbox, cancellationToken).ConfigureAwait(false);
        Finding.Unless(
            waiting.Select(word => Describe(word.Feedback)).Order(StringComparer.Ordinal).SequenceEqual(expected.Select(Describe).Order(StringComparer.Ordinal), StringComparer.Ordinal),
            $"{waiting.Count} words wait, or others than the {expected.Length} that should.");
    }

    private static async Task WordsAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        EntryFeedback[] words =
        [
            Word(1), Word(2, "a"), Word(3, "a", "b-2"), Word(new EntryKey("42", "1"), HashKind.Pdq, []), Word(new EntryKey("42", "1"), HashKind.Sha1, ["a"]),
            Word(new EntryKey("ü ' \" %", "../x"), HashKind.Md5, ["c"]), Word(new EntryKey("4", "21"), HashKind.Md5, []),
        ];
        foreach (var word in words) await outbox.PutAsync(word, cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, words).ConfigureAwait(false);
    }

    private static async Task OrderAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        int[] order = [5, 1, 4, 2, 3];
        foreach (var id in order) await outbox.PutAsync(Word(id), cancellationToken).ConfigureAwait(false);
        var waiting = await WaitingAsync(outbox, cancellationToken).ConfigureAwait(false);
        Finding.Unless(waiting.Select(word => word.Feedback.Entry.Id).SequenceEqual(order.Select(id => id.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal), "The order is another.");
        Finding.Unless(waiting.TrueForAll(word => word.Place >= 1), "A place is below 1.");
    }

    private static async Task ReplaceAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var word in (EntryFeedback[])[Word(1, "a"), Word(2, "a"), Word(1, "b"), Word(2)]) await outbox.PutAsync(word, cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1, "b"), Word(2)).ConfigureAwait(false);
    }

    private static async Task SpeakAgainAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var id in (int[])[1, 2])
        {
            await outbox.PutAsync(Word(id, "a"), cancellationToken).ConfigureAwait(false);
            await outbox.MarkSentAsync(Word(id, "a"), Day, cancellationToken).ConfigureAwait(false);
        }
        await outbox.PutAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await outbox.PutAsync(Word(2, "b"), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(2, "b")).ConfigureAwait(false);
    }

    private static async Task SentOtherAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        await outbox.PutAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await outbox.PutAsync(Word(1, "b"), cancellationToken).ConfigureAwait(false);
        await outbox.MarkSentAsync(Word(1, "a"), Day, cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1, "b")).ConfigureAwait(false);
    }

    private static async Task RemoveAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var id in (int[])[1, 2]) await outbox.PutAsync(Word(id, "a"), cancellationToken).ConfigureAwait(false);
        await outbox.RemoveAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await outbox.RemoveAsync(Word(7, "a"), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(2, "a")).ConfigureAwait(false);
        await outbox.PutAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1, "a"), Word(2, "a")).ConfigureAwait(false);
    }

    private static async Task RemoveOtherAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        await outbox.PutAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await outbox.PutAsync(Word(1, "b"), cancellationToken).ConfigureAwait(false);
        await outbox.RemoveAsync(Word(1, "a"), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1, "b")).ConfigureAwait(false);
    }

    private static async Task CountAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var id in (int[])[1, 2, 3, 3]) await outbox.PutAsync(Word(id), cancellationToken).ConfigureAwait(false);
        await outbox.MarkSentAsync(Word(1), Day, cancellationToken).ConfigureAwait(false);
        var count = await outbox.CountAsync(List, cancellationToken).ConfigureAwait(false);
        Finding.Unless(count == 2, $"Two wait, and {count} are counted.");
    }

    private static async Task ForgetAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var id in (int[])[1, 2, 3]) await outbox.PutAsync(Word(id), cancellationToken).ConfigureAwait(false);
        await outbox.MarkSentAsync(Word(1), Day, cancellationToken).ConfigureAwait(false);
        await outbox.MarkSentAsync(Word(2), Day.AddDays(1), cancellationToken).ConfigureAwait(false);
        await outbox.ForgetSentAsync(Day.AddDays(1), cancellationToken).ConfigureAwait(false);
        foreach (var id in (int[])[1, 2]) await outbox.PutAsync(Word(id), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1), Word(3)).ConfigureAwait(false);
    }

    private static async Task ListsApartAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        await outbox.PutAsync(Word(1), cancellationToken).ConfigureAwait(false);
        await outbox.PutAsync(Word(Word(1).Entry, HashKind.Md5, ["a"], list: "another"), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(1)).ConfigureAwait(false);
        Finding.Unless((await WaitingAsync(outbox, cancellationToken, "another").ConfigureAwait(false)).Count == 1, "The other list's word is not found.");
        Finding.Unless((await WaitingAsync(outbox, cancellationToken, "never").ConfigureAwait(false)).Count == 0, "A list of which nothing was said has words.");
    }

    private static async Task OutlastsAsync(Place<IFeedbackOutbox> place, CancellationToken cancellationToken)
    {
        var outbox = place.Open();
        foreach (var id in (int[])[1, 2]) await outbox.PutAsync(Word(id), cancellationToken).ConfigureAwait(false);
        await outbox.MarkSentAsync(Word(1), Day, cancellationToken).ConfigureAwait(false);
        outbox = await place.ReopenAsync().ConfigureAwait(false);
        await outbox.PutAsync(Word(1), cancellationToken).ConfigureAwait(false);
        await WaitAsync(outbox, cancellationToken, Word(2)).ConfigureAwait(false);
    }
}
