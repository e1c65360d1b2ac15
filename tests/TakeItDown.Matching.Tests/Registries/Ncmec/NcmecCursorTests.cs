using FsCheck;
using FsCheck.Fluent;
using TakeItDown.Matching.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

public sealed class NcmecCursorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Ten million entries, nearly all within two years: what a real history may look like. Each page read is one step; an entry counts
    /// as read once its window is exhausted.
    /// </summary>
    [Fact]
    public void A_long_history_is_split_into_windows_that_are_small_and_few_pages_are_read_twice()
    {
        const int pageSize = 1000;
        long Density(DateTimeOffset from, DateTimeOffset to)
        {
            var dense = Now - TimeSpan.FromDays(730);
            var share = (to - (from > dense ? from : dense)) / TimeSpan.FromDays(730);
            return share > 0 ? (long)(share * 10_000_000) : 0;
        }

        var (cursor, requests, longest) = (NcmecCursor.Start("x"), 0, 0L);
        while (cursor.Through < Now)
        {
            if (cursor.Window is null) cursor = cursor.Open(Now);
            var (window, through) = (cursor.Window!, cursor.Through);
            var total = Density(window.From, window.To);
            requests++;
            var next = window.Pages * pageSize + pageSize < total;
            cursor = next ? cursor.Advance($"/v2/entries?start={(window.Pages + 1) * pageSize + 1}&size={pageSize}&max={total}", pageSize, Now, TimeSpan.Zero) : cursor.Close(records: 1, TimeSpan.Zero);
            Assert.True(cursor.Through >= through);
            if (!next) longest = Math.Max(longest, total);
        }

        Assert.InRange(longest, 1, 100_000);
        Assert.InRange(requests, 10_000, 10_700);
    }

    [Fact]
    public void Windows_leave_no_gap_and_come_to_an_end_whatever_a_registry_says() =>
        Prop.ForAll(Arb.From(Gen.Frequency((3, Gen.Constant(0L)), (1, Gen.Choose(1, int.MaxValue).Select(total => (long)total)), (1, Gen.Constant(long.MaxValue))).ArrayOf()), totals =>
        {
            var cursor = NcmecCursor.Start("x");
            var covered = DateTimeOffset.UnixEpoch;
            foreach (var total in totals.Concat(Enumerable.Repeat(0L, 100)))
            {
                if (cursor.Window is null) cursor = cursor.Open(Now);
                var window = cursor.Window!;
                Assert.True(window.From <= covered && window.To <= Now && window.To >= cursor.Through);
                Assert.Equal(cursor, NcmecCursor.Parse(cursor.ToString(), "x"));
                if (total > 0) cursor = cursor.Advance($"/v2/entries?start=1001&size=1000&max={total}", 1000, Now, TimeSpan.Zero);
                else covered = (cursor = cursor.Close(records: 1, TimeSpan.Zero)).Through;
            }
            Assert.Equal(Now, covered);
        }).QuickCheckThrowOnFailure();

    /// <summary>
    /// Each number is which entry leaves before a page is served, 0 for none. Of two pages that are just full the registry's total could as well be
    /// where the second ends; so there are always more.
    /// </summary>
    [Fact]
    public void Whatever_leaves_a_window_while_it_is_read_those_that_stay_are_read() =>
        Prop.ForAll(Arb.From(Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 1000))).ArrayOf(200)), Arb.From(Gen.Choose(100, 200)), (leaving, count) =>
        {
            const int pageSize = 5;
            var entries = Enumerable.Range(0, count).ToList();
            var read = new HashSet<int>();
            var cursor = NcmecCursor.Start("x").Open(Now);
            foreach (var leaves in leaving.Concat(Enumerable.Repeat(0, 200)))
            {
                if (leaves > 0) entries.RemoveAt(leaves % entries.Count);
                if (cursor.Window is null) cursor = cursor.Open(Now);
                var start = cursor.Window!.Next is { } place ? (int)NcmecPaging.Parse(place).Start : 1;
                var page = entries.Skip(start - 1).Take(pageSize).ToList();
                var hasNext = start - 1 + pageSize < entries.Count;
                var next = hasNext ? $"/v2/entries?start={start + pageSize}&size={pageSize}&max={entries.Count}" : null;
                var answer = new NcmecPage([], [], 0, page.Count, next);
                if (Lacks(cursor, answer))
                {
                    cursor = cursor.StepBack(answer) ?? cursor.Abandon();
                    continue;
                }
                read.UnionWith(page);
                if (next is null) break;
                cursor = cursor.Advance(next, page.Count, Now, TimeSpan.Zero);
                Assert.Equal(cursor, NcmecCursor.Parse(cursor.ToString(), "x"));
            }
            Assert.Superset(entries.ToHashSet(), read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_total_that_stays_what_it_was_when_the_window_was_begun_costs_a_page_and_not_the_window()
    {
        var second = new NcmecPage([], [], 0, 5, "/v2/entries?start=11&size=5&max=12");
        var third = new NcmecPage([], [], 0, 1, Next: null);
        var cursor = NcmecCursor.Start("x").Open(Now).Advance("/v2/entries?start=6&size=5&max=12", 5, Now, TimeSpan.Zero);
        var atThird = cursor.Advance(second.Next!, 5, Now, TimeSpan.Zero);

        Assert.True(Lacks(atThird, third));
        var back = atThird.StepBack(third)!;

        Assert.Equal((cursor.Window!.Next, false), (back.Window!.Next, Lacks(back, second)));
        Assert.False(Lacks(back.Advance(second.Next!, 5, Now, TimeSpan.Zero), third));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Scope\":\"x\"}")]
    [InlineData("{\"Scope\":\"x\",\"Through\":\"tomorrow\"}")]
    [InlineData("{\"Scope\":\"x\",\"Through\":\"9999-12-31T23:59:59+00:00\",\"Skew\":\"2912000.00:00:00\",\"Span\":null,\"Window\":null}")]
    [InlineData("{\"Scope\":\"y\",\"Through\":\"2026-01-01T00:00:00+00:00\",\"Skew\":null,\"Span\":null,\"Window\":null}")]
    public void A_cursor_that_is_not_ours_begins_anew(string? text) => Assert.Null(NcmecCursor.Parse(text, "x"));

    [Theory]
    [InlineData("/v2/entries?start=2", true)]
    [InlineData("/v2/entries?from=1970-01-01T00:00:00Z&to=2026-03-01T12:00:00Z&start=2", true)]
    [InlineData("/v2/entries?from=1970-01-01T00%3A00%3A00.000Z&to=2026-03-01T13%3A00%3A00.000%2B01%3A00&start=2", true)]
    [InlineData("/v2/entries?from=1970-01-01T00:00:01Z&to=2026-03-01T12:00:00Z&start=2", false)]
    [InlineData("/v2/entries?from=1970-01-01T00:00:00Z&to=2026-03-01T12:00:01Z&start=2", false)]
    [InlineData("/v2/entries?to=2026-03-01T12:00:00Z&%74o=2027-03-01T12:00:00Z", false)]
    [InlineData("/v2/entries?from=yesterday&start=2", false)]
    public void A_next_leads_on_within_its_window_only(string next, bool holds) => Assert.Equal(holds, NcmecCursor.Start("x").Open(Now).Window!.Holds(next));

    [Fact]
    public void A_place_in_a_window_is_kept_for_twelve_hours_by_a_clock_that_runs_forward()
    {
        var window = NcmecCursor.Start("x").Open(Now).Advance("/v2/entries?start=2", 1, Now, TimeSpan.Zero).Window!;

        Assert.True(window.IsUsable(Now));
        Assert.True(window.IsUsable(Now.AddHours(12).AddTicks(-1)));
        Assert.False(window.IsUsable(Now.AddHours(12)));
        Assert.False(window.IsUsable(Now.AddTicks(-1)));
    }

    private static bool Lacks(NcmecCursor cursor, NcmecPage page) => cursor.HasMoved(page) || cursor.HasGap(page);
}
