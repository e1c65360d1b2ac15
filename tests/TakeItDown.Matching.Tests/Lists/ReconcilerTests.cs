using TakeItDown.Matching.Lists;

namespace TakeItDown.Matching.Tests.Lists;

/// <summary>The reconciler's steps, each as a row: what is known, and what follows.</summary>
public sealed class ReconcilerTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static readonly ListCursor Settled = new("source", Now.AddDays(-10), Drift: 0, Reconciliation: null, ReadThrough: Now.AddDays(-10));

    private static Reconciliation UnderWay(double daysAgo, DateTimeOffset? end = null) => new(Now.AddDays(-daysAgo), Now.AddDays(-daysAgo), "page", end, Drift: 0);

    [Theory]
    [InlineData(0, 0, 30.0, 30.0)]
    [InlineData(0, 0, null, null)]
    [InlineData(0, 5, null, null)]
    [InlineData(3, 0, 30.0, 1.0)]
    [InlineData(3, 0, 3.5, 0.5)]
    [InlineData(3, 0, null, 1.0)]
    [InlineData(3, 5, 7.0, 7.0)]
    [InlineData(3, 5, null, 30.0)]
    public void The_time_to_the_next_comparison(long unseen, long rejected, double? interval, double? expected)
    {
        var after = Reconciler.IntervalAfter(Settled with { Rejected = rejected }, unseen, interval is { } days ? TimeSpan.FromDays(days) : null);

        Assert.Equal(expected, after?.TotalDays);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reading_of_a_part_that_a_crash_cut_off_settles_nothing(bool isConfirmed)
    {
        var partial = UnderWay(2, end: Now.AddDays(-1)) with { IsPartial = true };
        var cursor = Settled with { Reconciliation = partial, Doubt = new Doubt("doubt", Now.AddDays(-2)) };
        var stored = new StoredList("cursor", Now, Entries: 1000, Position: 1, Generation: 3);

        var settlement = Reconciler.Settle(cursor, stored, new Unseen(Entries: 10, Twice: 10), isConfirmed);

        Assert.Equal((Loss.None, UnseenEntries.Kept), (settlement.Why, settlement.Unseen));
        Assert.Equal((null, null, Settled.ReconciledAt), (settlement.Next!.Reconciliation, settlement.Next.Doubt, settlement.Next.ReconciledAt));
    }

    public static TheoryData<string, string> Beginnings => new()
    {
        { "before its time", "nothing" },
        { "in its time", "begins" },
        { "in its time, switched off", "nothing" },
        { "in its time, with a withdrawal held back", "nothing" },
        { "in its time, with entries that may still come", "nothing" },
        { "under way", "goes on" },
        { "under way, with a withdrawal held back", "nothing" },
        { "read to its end", "nothing" },
        { "begun in the future", "begins" },
        { "last made in the future", "begins" },
        { "a doubt before its pause", "nothing" },
        { "a doubt after its pause", "begins where there is doubt" },
        { "a doubt after its pause, while one is under way", "goes on" },
        { "a doubt after its pause, in the time of a whole one", "begins" },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void What_is_read_next(string known, string expected)
    {
        var (young, old) = (new Doubt("doubt", Now.AddHours(-11)), new Doubt("doubt", Now.AddHours(-13)));
        TimeSpan? interval = known.Contains("switched off", StringComparison.Ordinal) ? null : Month;
        var due = Settled with { ReconciledAt = Now.AddDays(-31), ReadThrough = Now.AddDays(-31) };
        var (cursor, unseen) = known switch
        {
            "before its time" => (Settled, 0),
            "in its time" or "in its time, switched off" => (due, 0),
            "in its time, with a withdrawal held back" => (due with { HeldSince = Now.AddHours(-1) }, 0),
            "in its time, with entries that may still come" => (due with { ReadThrough = Now }, 3),
            "under way" => (Settled with { Reconciliation = UnderWay(1) }, 0),
            "under way, with a withdrawal held back" => (Settled with { Reconciliation = UnderWay(1), HeldSince = Now.AddHours(-1) }, 0),
            "read to its end" => (Settled with { Reconciliation = UnderWay(1, Now) }, 0),
            "begun in the future" => (Settled with { Reconciliation = UnderWay(-2) }, 0),
            "last made in the future" => (Settled with { ReconciledAt = Now.AddDays(2) }, 0),
            "a doubt before its pause" => (Settled with { Doubt = young }, 0),
            "a doubt after its pause" => (Settled with { Doubt = old }, 0),
            "a doubt after its pause, while one is under way" => (Settled with { Doubt = old, Reconciliation = UnderWay(1) }, 0),
            _ => (due with { Doubt = old }, 0),
        };

        var next = Reconciler.Next(cursor, unseen, through: Now, interval, Now);

        Assert.Equal(expected, next switch
        {
            null => "nothing",
            { IsPartial: true, Cursor: "doubt" } => "begins where there is doubt",
            { Cursor: null, End: null, IsPartial: false } when next.Began == Now => "begins",
            { Cursor: "page" } => "goes on",
            _ => "something else",
        });
    }

    [Theory]
    // After a change of what is asked for: what did not come is gone at once, unless records were malformed or it is too much.
    [InlineData(false, 0, 0, 0, false, "None", "Kept", false)]
    [InlineData(false, 40, 0, 0, false, "Believed", "Dropped", true)]
    [InlineData(false, 40, 0, 1, false, "Unreadable", "Kept", false)]
    [InlineData(false, 51, 0, 0, false, "Doubtful", "Kept", false)]
    [InlineData(false, 51, 0, 0, true, "Believed", "Dropped", true)]
    // After a comparison: what was missed twice is gone; the comparison is over in any case but that of a loss that nobody has confirmed.
    [InlineData(true, 0, 0, 0, false, "None", "Kept", true)]
    [InlineData(true, 40, 0, 0, false, "Believed", "DroppedIfTwice", true)]
    [InlineData(true, 50, 50, 0, false, "Believed", "DroppedIfTwice", true)]
    [InlineData(true, 40, 40, 1, false, "Unreadable", "Kept", true)]
    [InlineData(true, 51, 51, 0, false, "Doubtful", "Kept", false)]
    [InlineData(true, 51, 0, 0, true, "Believed", "Dropped", true)]
    public void What_becomes_of_what_did_not_come(bool isComparison, long unseen, long twice, long rejected, bool isConfirmed, string why, string which, bool isStored)
    {
        var cursor = Settled with
        {
            Drift = isComparison ? 0 : null,
            Rejected = isComparison ? 0 : rejected,
            Mended = 4,
            Reconciliation = isComparison ? UnderWay(1, Now.AddDays(-0.5)) with { Drift = 3, Rejected = rejected } : null,
        };
        var stored = new StoredList("", Now, Entries: 100, Position: 7, Generation: 2);

        var settlement = Reconciler.Settle(cursor, stored, new Unseen(unseen, twice), isConfirmed);

        Assert.Equal((why, which, isStored), (settlement.Why.ToString(), settlement.Unseen.ToString(), settlement.Next is not null));
        if (settlement.Next is not { } next || !isComparison) return;
        Assert.Equal((null, Now.AddDays(-1), 0, rejected), (next.Reconciliation, next.ReconciledAt, next.Mended, next.Rejected));
        Assert.Equal(3 + new Unseen(unseen, twice).Gone(settlement.Unseen), next.Drift);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Nothing_is_settled_before_what_was_moved_meanwhile_has_come(int minutes, bool isSettled)
    {
        var cursor = Settled with { Reconciliation = UnderWay(1, Now) };
        var stored = new StoredList("", Now.AddMinutes(minutes), Entries: 100, Position: 7, Generation: 2);

        Assert.Equal(isSettled, Reconciler.Settle(cursor, stored, default, isShrinkConfirmed: false).Next is not null);
    }

    [Fact]
    public void A_doubt_that_arose_before_a_comparison_ends_with_it_and_a_later_one_does_not()
    {
        var stored = new StoredList("", Now, Entries: 100, Position: 7, Generation: 2);
        foreach (var (age, stays) in ((double, bool)[])[(2, false), (0.5, true)])
        {
            var cursor = Settled with { Reconciliation = UnderWay(1, Now.AddDays(-0.5)), Doubt = new Doubt("doubt", Now.AddDays(-age)) };
            Assert.Equal(stays, Reconciler.Settle(cursor, stored, default, isShrinkConfirmed: false).Next!.Doubt is not null);
        }
    }

    [Fact]
    public void A_comparison_goes_on_page_by_page_and_one_of_a_doubt_ends_with_its_last()
    {
        var begun = new Reconciliation(Now, Now, "doubt", End: null, Drift: 0, IsPartial: true);
        var cursor = Settled with { Doubt = new Doubt("doubt", Now.AddDays(-1)), Mended = 2 };

        var first = Reconciler.AddDrift(Reconciler.Advance(cursor, begun, new ListPage { Cursor = "1", Rejected = 2 }), new ListChanges(5, 1) { NotesOnly = 2 });

        Assert.Equal(begun with { Cursor = "1", Rejected = 2, Drift = 4 }, first.Reconciliation);
        Assert.Null(Reconciler.EndDoubt(first));
        var last = Reconciler.Advance(first, first.Reconciliation!, new ListPage { Cursor = "2", CompleteThrough = Now });
        var ended = Reconciler.EndDoubt(last)!;
        Assert.Equal((null, null, 6, Settled.ReconciledAt), (ended.Reconciliation, ended.Doubt, ended.Mended, ended.ReconciledAt));
        Assert.Null(Reconciler.EndDoubt(last with { Reconciliation = last.Reconciliation! with { IsPartial = false } }));
    }
}
