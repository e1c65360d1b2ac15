using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>
/// How far a list was read, as a chain of windows in time. Only an exhausted window moves <paramref name="Through"/>: entries come in
/// no order, so nothing less says that a window is complete. Every method answers with another cursor; nothing here waits or
/// asks the clock.
/// </summary>
/// <param name="Scope">What was asked of which registry, see <see cref="NcmecFilter.Scope"/>.</param>
/// <param name="Through">Every change up to this second, by the registry's clock, is stored.</param>
/// <param name="Skew">What the registry's clock was ahead of ours when the window that ends at <paramref name="Through"/> was begun; null before that.</param>
/// <param name="Span">How long the next window may be; null for as long as there is time to cover.</param>
/// <param name="Window">The window that is being read; null between windows.</param>
/// <param name="LongestSpan">How long a window with entries may be; null for any length.</param>
/// <param name="AreMembersKnown">
/// Whether the list was complete once, or the registry was seen to have every member that is asked for; null where that was not kept yet.
/// </param>
internal sealed record NcmecCursor(
    string Scope, DateTimeOffset Through, TimeSpan? Skew, TimeSpan? Span, NcmecWindow? Window, TimeSpan? LongestSpan = null, bool? AreMembersKnown = null) : IRegistryCursor
{
    /// <summary>A comparison asks for no more than a month at a time, and for no more than two years where there was nothing before.</summary>
    private static readonly TimeSpan ComparedSpan = TimeSpan.FromDays(31), EmptySpan = TimeSpan.FromDays(730);

    /// <summary>A window of more pages than this is split, so that an expired <c>next</c> costs minutes and not the whole history.</summary>
    private const int PagesPerWindow = 100;

    /// <summary>Shorter windows are not split further: a flood within one of them is paged through.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMinutes(1);

    bool IRegistryCursor.IsPlausible => RegistryClock.IsPlausible(Skew) && RegistryClock.IsPlausible(Window?.Skew);

    /// <summary>Before the first request.</summary>
    public static NcmecCursor Start(string scope) => new(scope, DateTimeOffset.UnixEpoch, Skew: null, Span: null, Window: null, AreMembersKnown: false);

    /// <summary>Before the first request of a comparison, which reads in short windows: the registry asks not to be queried for all it has.</summary>
    public static NcmecCursor StartComparison(string scope) => Start(scope) with { Span = ComparedSpan, LongestSpan = ComparedSpan, AreMembersKnown = true };

    /// <summary>Opens the next window, which ends at <paramref name="target"/> at the latest.</summary>
    public NcmecCursor Open(DateTimeOffset target)
    {
        var from = Through == DateTimeOffset.UnixEpoch ? Through : Through - RegistryCursor.Overlap;
        var to = Span is { } span && span < target - Through ? Through + span : target;
        return this with { Window = new NcmecWindow(from, to > Through ? to : Through, Next: null, default, Pages: 0, Records: 0) };
    }

    /// <summary>
    /// Goes back by as much as the registry's clock was set back since the last window: entries that were stamped since then carry times
    /// that were read before. Where that leaves a time that is still to come, it was told by a clock that ran ahead by nobody knows how much,
    /// and everything is read again. Null where there is no need, since windows overlap by more.
    /// </summary>
    /// <param name="skew">What the registry's clock is ahead of ours now.</param>
    /// <param name="now">What the registry's clock says now.</param>
    public NcmecCursor? FollowClock(TimeSpan skew, DateTimeOffset now)
    {
        var back = RegistryCursor.SetBack(Skew, skew);
        if (Through - back > now + RegistryCursor.Overlap) return Start(Scope) with { AreMembersKnown = AreMembersKnown };
        if (back == TimeSpan.Zero) return null;
        var through = Through - back;
        return this with { Through = through > DateTimeOffset.UnixEpoch ? through : DateTimeOffset.UnixEpoch, Skew = skew, Window = null };
    }

    /// <summary>
    /// Whether a member that the registry lacks may have left it, rather than never have been there. Of a cursor from before this was kept, a window
    /// that was read to its end says so.
    /// </summary>
    [JsonIgnore]
    public bool IsTrusted => AreMembersKnown ?? Through > DateTimeOffset.UnixEpoch;

    /// <summary>Forgets where the window was, so that it is read from its start.</summary>
    public NcmecCursor Abandon() => this with { Window = null };

    /// <summary>
    /// Whether the registry's counts say that entries left the window while it was read, so that the others moved up and past the place we were at,
    /// or that the last page came before its time.
    /// </summary>
    public bool HasMoved(NcmecPage page) => Window!.Before > Window.Records - CountGone(page);

    /// <summary>Whether a page does not hold what the registry counts, although nothing moved: it passed over entries, or counts otherwise than we do.</summary>
    public bool HasGap(NcmecPage page) =>
        page.Miscounts || (page.Next is not null && NcmecPaging.Parse(page.Next).Start - 1 > Window!.Before + page.Records);

    /// <summary>Takes the numbers of the window for what they are: the registry's own, with gaps, and no counts.</summary>
    public NcmecCursor AcceptGap() => this with { Window = Window! with { IsSparse = true } };

    /// <summary>
    /// Goes back by a page, where that is all it takes to meet those that moved past the place we were at. Null where it takes more.
    /// </summary>
    public NcmecCursor? StepBack(NcmecPage page)
    {
        var gone = CountGone(page);
        if (gone == 0 || Window!.Pages == 0 || (Window.Previous is null && Window.Pages > 1)) return null;
        var window = Window with { Next = Window.Previous, Previous = null, Pages = Window.Pages + 1, Records = Window.Records - gone, Total = Window.Total - gone };
        return window.Before <= window.Records ? this with { Window = window } : null;
    }

    /// <summary>
    /// What says that reading on would never come to an end; null where nothing does. Where a window holds too much, a page of nothing but
    /// other times shows that the registry takes no notice of its ends, and that a shorter one would hold no less.
    /// </summary>
    public string? FindFault(NcmecPage page)
    {
        if (page.Next is null) return null;
        if (Window!.Pages >= PageTrail.LongestTrail) return "one window has no last page";
        var isDense = Window.Pages + 1 >= PagesPerWindow || CountParts(page.Next, page.Records) > 1;
        return isDense && page.Upserts.Count > 0 && !page.Upserts.Any(entry => Window.IsNear(entry.Timestamp))
            ? "it sends entries of other times than it was asked for"
            : null;
    }

    /// <summary>Goes back to the window's beginning, and reads half of it: what leaves a shorter one while it is read is less.</summary>
    public NcmecCursor Halve()
    {
        var half = (Window!.To - Through) / 2;
        return this with { Span = half > ShortestSpan ? TimeSpan.FromSeconds(Math.Floor(half.TotalSeconds)) : ShortestSpan, Window = null };
    }

    /// <summary>Goes on to the window's next page, or splits a window that holds too much.</summary>
    public NcmecCursor Advance(string next, int records, DateTimeOffset now, TimeSpan skew)
    {
        var window = Window! with
        {
            Next = next,
            Previous = Window.Next,
            ReadAt = now,
            Pages = Window.Pages + 1,
            // What lies in an accepted gap is as good as read.
            Records = Math.Max(Window.Before + records, NcmecPaging.Parse(next).Start - 1),
            Total = Count(NcmecPaging.Parse(next)),
            Skew = Window.Skew ?? skew,
        };
        var parts = CountParts(next, records);
        var length = window.To - Through;
        if (parts == 1 || length <= ShortestSpan) return this with { Window = window };

        var span = TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds / parts));
        return this with { Span = span > ShortestSpan ? span : ShortestSpan, Window = null };
    }

    /// <summary>
    /// How many entries the window has, if that is what a <c>next</c> tells; otherwise 0. One that grows does not: some registries' total is where
    /// the next page would end if it were full, others' stays what it was when the window was begun.
    /// </summary>
    private long Count(NcmecPaging hint)
    {
        var isCount = Window!.Total > 0 ? hint.Total <= Window.Total : hint.Total != hint.End;
        return isCount && hint.End > 0 && hint.Total >= hint.Start ? hint.Total : 0;
    }

    /// <summary>How many entries left the window since the page before, by the registry's counts.</summary>
    private long CountGone(NcmecPage page)
    {
        // Where numbers have gaps, the last page tells nothing.
        if (page.Next is null && Window!.IsSparse) return 0;
        var total = page.Next is null ? Window!.Before + page.Records : NcmecPaging.Parse(page.Next).Total;
        return (total > 0 || page.Next is null) && total < Window!.Total ? Window.Total - total : 0;
    }

    /// <summary>In how many parts the window is to be read, by what its pages tell.</summary>
    private long CountParts(string next, int records)
    {
        var total = Window!.IsSparse ? 0 : Count(NcmecPaging.Parse(next));
        if (total == 0) return Window!.Pages + 1 < PagesPerWindow ? 1 : 2;
        return Window!.Pages > 0 ? 1 : (total - 1) / ((long)PagesPerWindow * Math.Max(records, 1)) + 1;
    }

    /// <summary>Marks the window as exhausted. After an easy one the next may be longer.</summary>
    /// <param name="records">How many records its last page had.</param>
    /// <param name="skew">What the registry's clock is ahead of ours.</param>
    public NcmecCursor Close(int records, TimeSpan skew)
    {
        var longer = Span is { } span && Window!.Pages < PagesPerWindow / 4 && span < TimeSpan.FromDays(10_000) ? span * 4 : Span;
        var longest = Window!.Pages == 0 && records == 0 ? EmptySpan : LongestSpan;
        if (LongestSpan is not null && longer > longest) longer = longest;
        return this with { Through = Window!.To, Skew = Window.Skew ?? skew, Span = longer, Window = null };
    }

    /// <summary>The text form.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, NcmecCursorJson.Default.NcmecCursor);

    /// <summary>Reads the text form; null for what is none, or is of another scope.</summary>
    public static NcmecCursor? Parse(string? text, string scope) => RegistryCursor.Parse(text, scope, NcmecCursorJson.Default.NcmecCursor);
}

/// <summary>A span of time that is being read page by page. Its ends stay as they are while it is read.</summary>
/// <param name="From">Its beginning, exclusive.</param>
/// <param name="To">Its end, inclusive.</param>
/// <param name="Next">Where the registry said the next page is; null for the first page.</param>
/// <param name="ReadAt">When it said so, by our clock.</param>
/// <param name="Pages">How many pages were read.</param>
/// <param name="Records">How many of the window's entries were read without a gap, from its first on.</param>
/// <param name="Skew">What the registry's clock was ahead of ours when the first page was served; null before that.</param>
/// <param name="Previous">Where the page before <paramref name="Next"/> is; null where that is the first page, or is not known.</param>
/// <param name="Total">How many entries the registry counted last; 0 where it does not.</param>
/// <param name="IsSparse">Whether the registry's numbers were found to have gaps of their own.</param>
internal sealed record NcmecWindow(
    DateTimeOffset From, DateTimeOffset To, string? Next, DateTimeOffset ReadAt, int Pages, long Records, TimeSpan? Skew = null, string? Previous = null, long Total = 0,
    bool IsSparse = false)
{
    /// <summary>A registry may forget a <c>next</c> after about 12 hours.</summary>
    private static readonly TimeSpan NextLifetime = TimeSpan.FromHours(12);

    /// <summary>How many entries lie before the next page.</summary>
    [JsonIgnore]
    public long Before => Next is null ? 0 : NcmecPaging.Parse(Next) is { Start: > 0 } hint ? hint.Start - 1 : Records;

    /// <summary>Whether the place within the window can still be trusted. A clock that was set back makes it doubtful, too.</summary>
    public bool IsUsable(DateTimeOffset now) => Next is null || RegistryCursor.IsUsable(ReadAt, NextLifetime, now);

    /// <summary>Whether a time is in the window, give or take a day: what an entry's time may be off by for a registry's own reasons.</summary>
    public bool IsNear(DateTimeOffset time) => time - From > TimeSpan.FromDays(-1) && time - To <= TimeSpan.FromDays(1);

    /// <summary>
    /// Whether a <c>next</c> leads on within this window. One with other ends numbers other entries: to follow it would pass over some in silence.
    /// </summary>
    public bool Holds(string next) => NcmecPaging.Query(next).All(parameter => parameter.Name switch
    {
        "from" => IsSecond(parameter.Value, From),
        "to" => IsSecond(parameter.Value, To),
        _ => true,
    });

    /// <summary>The path and query of the page, below the registry's root.</summary>
    [JsonIgnore]
    public string Path => Next ?? $"/v2/entries?from={Format(From)}&to={Format(To)}";

    private static bool IsSecond(string text, DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && Format(read) == Format(time);

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NcmecCursor))]
internal sealed partial class NcmecCursorJson : JsonSerializerContext;
