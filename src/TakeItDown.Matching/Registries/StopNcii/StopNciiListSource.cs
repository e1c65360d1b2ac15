using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Registries.StopNcii;

/// <summary>Reads StopNCII.org's list: one set of changes a refresh, page after page.</summary>
internal sealed class StopNciiListSource(
    string name, StopNciiClient client, IOptionsMonitor<StopNciiOptions> options, TimeProvider time, ILogger<StopNciiListSource> logger) : IListSource
{
    /// <summary>How often a read goes back to a set's first page before it gives up.</summary>
    private const int RestartLimit = 3;

    private readonly RegistryClock _clock = new(name, time, logger);

    private bool _isWarnedOfNumbers;

    public string Name => name;

    public async IAsyncEnumerable<ListPage> ReadAsync(string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var scope = Scope(CurrentOptions());
        var known = StopNciiCursor.Parse(cursor, scope);
        var state = known ?? new StopNciiCursor(scope, Since: 0, Set: null);
        var startsOver = known is null;
        _clock.Skew ??= state.Skew;
        if (state.Set?.IsUsable(time.GetUtcNow()) == false) state = state with { Set = null };
        var (trail, gaps) = (new PageTrail(), new GapJudge());
        var isDoubtful = false;
        for (var restarts = 0; ;)
        {
            var answer = await FetchAsync(state, cancellationToken).ConfigureAwait(false);
            var restart = answer is null ? state with { Set = null } : FollowClock(state, answer.Value.ServerTime);
            if (restart is null && answer!.Value.Page is { Miscounts: true } counted)
            {
                var gap = gaps.Judge(state.Set?.Token ?? "", counted.Upserts, counted.Records, counted.NextToken is null ? null : 0);
                if (gap == GapVerdict.AskAgain) continue;
                if (gap == GapVerdict.Unsteady) restart = state with { Set = null };
                else isDoubtful = true;
            }
            if (restart is not null)
            {
                if (++restarts > RestartLimit) throw Failure("it cannot be read to the end of a set: it refuses its own pages, or its clock jumps");
                if (answer is null) Log.SetRestarted(logger, name);
                (state, trail) = (restart, new PageTrail());
                continue;
            }

            var (page, serverTime) = answer!.Value;
            if (page.NextToken is not null && !trail.Follow(page.Upserts, page.NextToken)) throw Failure("its pages lead in a circle, or are always the same");
            if (page.NextToken is not null && state.Set?.Pages >= PageTrail.LongestTrail) throw Failure("a set of it has no last page");
            if (isDoubtful && !_isWarnedOfNumbers) Log.NumbersDiffer(logger, name);
            _isWarnedOfNumbers |= isDoubtful;
            var reread = isDoubtful ? (state with { Set = null }).ToString() : null;
            var (began, skew) = (state.Set?.Began ?? serverTime ?? time.GetUtcNow(), _clock.Skew ?? TimeSpan.Zero);
            state = page.NextToken is null ? state.Close(page.NextSet, began, skew) : state.Advance(page.NextToken, time.GetUtcNow(), began, skew);
            var done = page.NextToken is null;
            yield return new ListPage
            {
                Upserts = page.Upserts,
                Removals = page.Removals,
                Rejected = page.Rejected,
                Cursor = state.ToString(),
                StartsOver = startsOver,
                CompleteThrough = done ? began : null,
                RereadFrom = reread,
                Progress = done ? 1 : null,
            };
            if (done) yield break;
            startsOver = false;
        }
    }

    /// <summary>Fetches the set's next page; null where the registry no longer knows the place within the set.</summary>
    private async Task<RegistryAnswer<StopNciiPage>?> FetchAsync(StopNciiCursor state, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(state, () => CurrentOptions(state.Scope), cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryRequestException e) when (e.IsRefusal && state.Set is not null)
        {
            return null;
        }
        catch (RegistryRequestException e)
        {
            throw Failure(e.Message, e);
        }
    }

    /// <summary>Learns the registry's clock. Where a set that was just begun does not suit it, answers with where to begin instead.</summary>
    private StopNciiCursor? FollowClock(StopNciiCursor state, DateTimeOffset? serverTime)
    {
        if (serverTime is { } now) _clock.Set(now);
        var skew = _clock.Skew ?? TimeSpan.Zero;
        return state.Set is null ? state.FollowClock(skew, time.GetUtcNow() + skew) : null;
    }

    private StopNciiOptions CurrentOptions(string? scope = null)
    {
        var current = options.GetUsable(name);
        if (scope is not null && Scope(current) != scope) throw Failure("its options were changed; the next refresh begins anew with them");
        return current;
    }

    private static string Scope(StopNciiOptions options) => options.Root!.AbsoluteUri.TrimEnd('/');

    private ListSourceException Failure(string reason, Exception? cause = null) => new($"The registry '{name}' could not be read: {reason}.", cause);
}
