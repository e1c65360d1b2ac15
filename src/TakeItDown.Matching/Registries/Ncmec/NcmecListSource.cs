using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>Reads a registry's list over the Hash Sharing protocol: window after window, page after page, until it has caught up.</summary>
internal sealed class NcmecListSource(
    string name, NcmecClient client, IOptionsMonitor<NcmecRegistryOptions> options, TimeProvider time, ILogger<NcmecListSource> logger) : IListSource
{
    /// <summary>A window ends this long before the registry's now: what is being written there may show a moment later.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>What our idea of the registry's clock may be wrong by: it tells full seconds, and the answer takes time.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(1);

    /// <summary>A window that ends so shortly before the goal leaves nothing for now: the next refresh begins there.</summary>
    private static readonly TimeSpan CaughtUp = TimeSpan.FromMinutes(1);

    /// <summary>How often a read goes back to a window's start before it gives up.</summary>
    private const int RestartLimit = 3;

    private readonly RegistryClock _clock = new(name, time, logger);

    private bool _isWarnedOfNumbers;

    /// <summary>The names of categories, and of which registry; null before they were needed.</summary>
    private (string Root, IReadOnlyDictionary<string, string> Names)? _categories;

    /// <summary>The scope whose members were looked up, and whether the registry has them all; null before the first time.</summary>
    private (string Scope, bool AreKnown)? _members;

    public string Name => name;

    /// <inheritdoc/>
    public string? ComparisonStart => NcmecCursor.StartComparison(new NcmecFilter(CurrentOptions()).Scope).ToString();

    /// <summary>The latest second at which a window may end now, by the registry's clock.</summary>
    private DateTimeOffset Target => TargetAt(time.GetUtcNow());

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var filter = new NcmecFilter(CurrentOptions());
        var known = NcmecCursor.Parse(cursor, filter.Scope);
        var state = known ?? NcmecCursor.Start(filter.Scope);
        var startsOver = known is null;
        if (await CheckMembersAsync(filter, state.IsTrusted, cancellationToken).ConfigureAwait(false)) state = state with { AreMembersKnown = true };
        var begin = state.Through;
        _clock.Skew ??= state.Skew;
        var trail = new PageTrail();
        // What now was when the window was opened, and not what now is: where a page takes minutes, or two clocks answer in turn, that is
        // never reached, and nothing would ever be published. Null before the registry's clock was heard.
        DateTimeOffset? goal = null;
        var begun = time.GetUtcNow();
        long? held = null;
        var gaps = new GapJudge();
        // Whether what the registry counts in the window is not what it shows, and whether that was seen on its last page, and is not yet cleared up.
        var (isDoubtful, endsShort) = (false, false);
        for (var restarts = 0; ;)
        {
            if (state.Window?.IsUsable(time.GetUtcNow()) != true)
            {
                // A place that outlived its window's pages lay too deep in it.
                (state, trail) = ((state.Window is null ? state : state.Halve()).Open(Target), new PageTrail());
                (isDoubtful, endsShort) = (false, false);
                if (goal is not null) goal = Target;
            }
            var window = state.Window!;
            var answer = await FetchAsync(window, filter, cancellationToken).ConfigureAwait(false);
            var restart = answer is null ? state.Halve() : FollowClock(state, answer.Value.ServerTime);
            if (restart is null && state.HasGap(answer!.Value.Page) && !state.HasMoved(answer.Value.Page))
            {
                var gap = gaps.Judge(
                    window.Path, answer.Value.Page.Upserts, answer.Value.Page.Records, answer.Value.Page.Next is { } link ? NcmecPaging.Parse(link).Start : null);
                if (gap == GapVerdict.AskAgain) continue;
                if (gap == GapVerdict.Unsteady) restart = state.Halve();
                else (state, isDoubtful) = (state.AcceptGap(), true);
            }
            if (restart is null && state.HasMoved(answer!.Value.Page))
            {
                var isEnd = answer.Value.Page.Next is null;
                restart = state.StepBack(answer.Value.Page);
                if (restart is not null) endsShort |= isEnd;
                // Totals that fall were told. An end that comes before its time, whatever window is asked for, is how the registry counts.
                else if (isEnd && restarts >= RestartLimit) isDoubtful = true;
                else
                {
                    Log.WindowDrifted(logger, name, window.From, window.To);
                    restart = state.Halve();
                }
            }
            if (restart is not null)
            {
                // To go back by a page costs little, but where entries leave faster than pages come, there is no end of it.
                var place = restart.Window?.Before;
                if ((place is null || place == held) && ++restarts > RestartLimit) throw Failure("it cannot be read to the end of a window: it refuses its own pages, they do not hold what it counts, or its clock jumps");
                if (place is null) Log.WindowRestarted(logger, name, window.From, window.To);
                (state, trail, held) = (restart, new PageTrail(), place);
                continue;
            }

            var page = answer!.Value.Page;
            if (page.Next is not null && !trail.Follow(page.Upserts, page.Next)) throw Failure("its pages lead in a circle, or are always the same");
            if (state.FindFault(page) is { } fault) throw Failure(fault);
            // The page before the last was read again, and still counts more than there is.
            isDoubtful |= page.Next is null && endsShort && state.Window!.Total == 0;
            if (isDoubtful) WarnOfNumbers();
            var reread = isDoubtful ? state.Abandon().ToString() : null;
            var skew = _clock.Skew ?? TimeSpan.Zero;
            state = page.Next is null ? state.Close(page.Records, skew) : state.Advance(page.Next, page.Records, time.GetUtcNow(), skew);
            goal ??= TargetAt(begun);
            var done = page.Next is null && goal - window.To <= CaughtUp;
            if (done) state = state with { AreMembersKnown = true };
            var upserts = await NameCategoriesAsync(page.Upserts, filter, cancellationToken).ConfigureAwait(false);
            yield return new ListPage
            {
                Upserts = upserts,
                Removals = page.Removals,
                Rejected = page.Rejected,
                Cursor = state.ToString(),
                StartsOver = startsOver,
                CompleteThrough = done ? window.To : null,
                RereadFrom = reread,
                Progress = done ? 1 : Progress(state, begin),
            };
            if (done) yield break;
            startsOver = false;
            if (page.Next is null) restarts = 0;
        }
    }

    /// <summary>
    /// Looks the members up, once for each choice of them: an id that the registry does not have would leave a list that is complete and lacks
    /// what it should hold, and "no match" would be said of what is listed.
    /// </summary>
    /// <param name="filter">What is asked for.</param>
    /// <param name="isTrusted">Whether the list was complete once or the members were known: then one of several may have left.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>Whether the registry has every member that is asked for.</returns>
    private async Task<bool> CheckMembersAsync(NcmecFilter filter, bool isTrusted, CancellationToken cancellationToken)
    {
        if (filter.Members.Count == 0) return true;
        if (_members is { } looked && looked.Scope == filter.Scope && (looked.AreKnown || isTrusted)) return looked.AreKnown;
        IReadOnlyList<NcmecMember> members;
        try
        {
            members = await client.GetMembersAsync(() => CurrentOptions(filter.Scope), cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryRequestException e)
        {
            // Nothing says that every registry tells its members to everybody, and one that does not is not asked at every refresh.
            if (e.IsRefusal || e.Status is HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
                _members = (filter.Scope, false);
            Log.MembersUnknown(logger, name, e.Message);
            return false;
        }
        var ids = members.Select(member => member.Id).ToHashSet(StringComparer.Ordinal);
        string[] missing = [.. filter.Members.Where(member => !ids.Contains(member)).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            var reason = $"Members names {string.Join(", ", missing)}, which it does not have; it has {NcmecMembers.Describe(members)}";
            if (!isTrusted || missing.Length == filter.Members.Count) throw Failure(reason);
            // A list that was complete before goes on: the member may have left, and what it listed is known.
            Log.MembersMissing(logger, name, reason);
        }
        Log.MembersKept(logger, name, NcmecMembers.Describe([.. members.Where(member => filter.Members.Contains(member.Id))]));
        _members = (filter.Scope, missing.Length == 0);
        return missing.Length == 0;
    }

    /// <summary>Fetches the window's next page; null where the registry no longer knows the place within the window.</summary>
    private async Task<RegistryAnswer<NcmecPage>?> FetchAsync(NcmecWindow window, NcmecFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(window, filter, () => CurrentOptions(filter.Scope), cancellationToken).ConfigureAwait(false);
        }
        // What fails at every attempt may lie too deep: the beginning of a shorter window tells whether the registry itself is ill, and only a page
        // that came moves the place that is stored.
        catch (RegistryRequestException e) when (window.Next is not null && (e.IsRefusal || e.Status >= HttpStatusCode.InternalServerError))
        {
            return null;
        }
        catch (RegistryRequestException e)
        {
            throw Failure(e.Message + Advice(e), e);
        }
    }

    /// <summary>Learns the registry's clock. Where a window that was just begun does not suit it, answers with where to begin instead.</summary>
    private NcmecCursor? FollowClock(NcmecCursor state, DateTimeOffset? serverTime)
    {
        var window = state.Window!;
        if (serverTime is { } now) _clock.Set(now);
        // Of a clock that is heard no longer nobody knows whether it is still ahead.
        else if (window.Next is null && _clock.Skew > TimeSpan.Zero) _clock.Skew = TimeSpan.Zero;
        if (window.Next is not null) return null;
        var skew = _clock.Skew ?? TimeSpan.Zero;
        if (state.FollowClock(skew, time.GetUtcNow() + skew) is { } earlier) return earlier;
        // Up to its now, and a moment before, entries may still appear that the window would miss.
        var endsTooLate = window.To > state.Through && window.To > serverTime - Settling;
        return endsTooLate ? state.Abandon() : null;
    }

    /// <summary>Where entries name their categories by id, asks for the names, once for each registry; without them the ids stay.</summary>
    private async Task<IReadOnlyList<ListEntry>> NameCategoriesAsync(IReadOnlyList<ListEntry> entries, NcmecFilter filter, CancellationToken cancellationToken)
    {
        if (!entries.Any(entry => entry.Categories.Any(NcmecCategories.IsId))) return entries;
        if (_categories?.Root != filter.Root)
        {
            try
            {
                _categories = (filter.Root, await client.GetCategoriesAsync(() => CurrentOptions(filter.Scope), cancellationToken).ConfigureAwait(false));
            }
            catch (RegistryRequestException e)
            {
                Log.CategoriesUnknown(logger, name, e.Message);
                _categories = (filter.Root, new Dictionary<string, string>());
            }
        }
        return NcmecCategories.Name(entries, _categories!.Value.Names);
    }

    /// <summary>Once in each process: such a registry is so every day.</summary>
    private void WarnOfNumbers()
    {
        if (_isWarnedOfNumbers) return;
        _isWarnedOfNumbers = true;
        Log.NumbersDiffer(logger, name);
    }

    private double? Progress(NcmecCursor state, DateTimeOffset begin)
    {
        var whole = (Target - begin).TotalSeconds;
        if (whole <= 0) return null;
        var done = (state.Through - begin).TotalSeconds;
        if (state.Window is { Total: > 0 } window) done += (window.To - state.Through).TotalSeconds * window.Before / window.Total;
        return Math.Clamp(done / whole, 0, 1);
    }

    private NcmecRegistryOptions CurrentOptions(string? scope = null)
    {
        var current = options.GetUsable(name);
        if (scope is not null && new NcmecFilter(current).Scope != scope) throw Failure("its options were changed; the next refresh begins anew with them");
        return current;
    }

    private static string Advice(RegistryRequestException failure) => failure.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "; correct UserName or Password",
        HttpStatusCode.NotFound => "; Root may be wrong",
        _ => "",
    };

    private ListSourceException Failure(string reason, Exception? cause = null) => new($"The registry '{name}' could not be read: {reason}.", cause);

    private DateTimeOffset TargetAt(DateTimeOffset now)
    {
        var skew = _clock.Skew ?? TimeSpan.Zero;
        // A clock ahead of ours may be a proxy's, and ahead of the one that dates entries, too. An operator is told of a larger difference.
        if (skew > TimeSpan.Zero) skew = skew > RegistryClock.NotableSkew ? skew - RegistryClock.NotableSkew : TimeSpan.Zero;
        return FullSecond(now + skew - Settling - ClockMargin);
    }

    private static DateTimeOffset FullSecond(DateTimeOffset instant) => new(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
