using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Storage;
using TakeItDown.Matching.Tests.Storage;

namespace TakeItDown.Matching.Tests.Feedback;

/// <summary>Both outboxes keep what a model of them keeps, whatever is put, sent, refused, replaced and forgotten, in whatever order.</summary>
public sealed class OutboxModelTests : IDisposable
{
    private static readonly string[] Lists = ["npo", "a list"];

    private readonly TempFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Memory_keeps_what_the_model_keeps() =>
        Check(steps => RunAsync(steps, new InMemoryOutbox(), store => store));

    [Fact]
    public void SQLite_keeps_what_the_model_keeps_across_restarts()
    {
        Check(async steps =>
        {
            var path = _folder.File($"{_stores++}.db");
            var last = new SqliteListStore(path);
            await RunAsync(steps, last, store =>
            {
                store.Dispose();
                return last = new SqliteListStore(path);
            });
            last.Dispose();
        });
    }

    private static void Check(Func<Step[], Task> holds) =>
        Prop.ForAll(Arb.From(Steps), steps => holds(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60));

    private static Gen<EntryFeedback> Word { get; } =
        from list in Gen.Elements(Lists)
        from member in Gen.Elements("42", "ü\0")
        from id in Gen.Elements("1", "2", "../3")
        from kind in Gen.Frequency((3, Gen.Constant(HashKind.Md5)), (1, Gen.Constant(HashKind.Pdq)))
        from reasons in Gen.Elements<string[]>([], ["a"], ["a", "b"])
        select new EntryFeedback { List = list, Entry = new EntryKey(member, id), Kind = kind, Reasons = reasons };

    private static Gen<Step[]> Steps { get; } =
        (from what in Gen.Frequency((5, Gen.Constant(What.Put)), (3, Gen.Constant(What.Sent)), (1, Gen.Constant(What.Removed)), (1, Gen.Constant(What.Forgot)), (1, Gen.Constant(What.Restarted)))
         from word in Word
         from time in Gen.Choose(0, 9)
         select new Step(what, word, DateTimeOffset.UnixEpoch.AddDays(time))).ArrayOf();

    private static async Task RunAsync<TStore>(Step[] steps, TStore store, Func<TStore, TStore> restart)
        where TStore : IFeedbackOutbox
    {
        var model = new List<Kept>();
        foreach (var (what, word, time) in steps)
        {
            var at = model.FindIndex(kept => kept.IsAbout(word));
            var isThisWaiting = at >= 0 && model[at].Sent is null && model[at].Says == Text(word);
            switch (what)
            {
                case What.Put:
                    await store.PutAsync(word);
                    if (at < 0) model.Add(new Kept(word, Text(word), Sent: null));
                    else if (model[at].Says != Text(word)) model[at] = new Kept(word, Text(word), Sent: null);
                    break;
                case What.Sent:
                    await store.MarkSentAsync(word, time);
                    if (isThisWaiting) model[at] = model[at] with { Sent = time };
                    break;
                case What.Removed:
                    await store.RemoveAsync(word);
                    if (isThisWaiting) model.RemoveAt(at);
                    break;
                case What.Forgot:
                    await store.ForgetSentAsync(time);
                    model.RemoveAll(kept => kept.Sent < time);
                    break;
                case What.Restarted:
                    store = restart(store);
                    break;
            }
            foreach (var list in Lists) Assert.Equal(model.Where(kept => kept.Sent is null && kept.Word.List == list).Select(kept => kept.Says), await WaitingAsync(store, list));
        }
    }

    /// <summary>What waits, in its order, as who sends finds it.</summary>
    internal static async Task<List<string>> WaitingAsync(IFeedbackOutbox outbox, string list)
    {
        var waiting = new List<string>();
        for (var next = await outbox.FindNextAsync(list, 0); next is not null; next = await outbox.FindNextAsync(list, next.Place)) waiting.Add(Text(next.Feedback));
        Assert.Equal(waiting.Count, await outbox.CountAsync(list));
        return waiting;
    }

    internal static string Text(EntryFeedback word) => $"{word.List} {word.Entry.Member} {word.Entry.Id} {word.Kind} {string.Join(',', word.Reasons)}";

    private enum What
    {
        Put,
        Sent,
        Removed,
        Forgot,
        Restarted,
    }

    private sealed record Step(What What, EntryFeedback Word, DateTimeOffset Time);

    private sealed record Kept(EntryFeedback Word, string Says, DateTimeOffset? Sent)
    {
        public bool IsAbout(EntryFeedback other) => (Word.List, Word.Entry, Word.Kind) == (other.List, other.Entry, other.Kind);
    }
}
