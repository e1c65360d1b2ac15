using System.Threading.RateLimiting;
using Registry.Model;

namespace Registry.Limits;

/// <summary>
/// Slows down who guesses members' passwords. Failures alone count. From one address <see cref="AtOnce"/> in a row are allowed for each user name,
/// then one a minute. Those from addresses where that member never signed in count together as well: beyond <see cref="StrangersAtOnce"/>, such an
/// address has one attempt. So nobody can shut a member out from elsewhere: where it is known it stays welcome, and from a new address
/// the right password is let in at its first attempt.
/// </summary>
internal sealed class GuessLimits(AddressTokens addresses, MemberDirectory members) : IDisposable
{
    public const int AtOnce = 10, StrangersAtOnce = 100;

    /// <summary>Tokens of addresses are others every day: what is beyond this is of days that have passed.</summary>
    private const int MostKnown = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly HashSet<(string User, string Address)> _known = [];
    private readonly PartitionedRateLimiter<(string User, string Address)> _ofOne =
        PartitionedRateLimiter.Create<(string User, string Address), (string User, string Address)>(who => RateLimitPartition.GetTokenBucketLimiter(who, _ => PerMinute(AtOnce)));

    private readonly PartitionedRateLimiter<string> _ofStrangers =
        PartitionedRateLimiter.Create<string, string>(user => RateLimitPartition.GetTokenBucketLimiter(user, _ => PerMinute(StrangersAtOnce)));

    /// <summary>Signs a member in, if that many attempts may be made from there.</summary>
    /// <param name="connection">Where the attempt comes from.</param>
    /// <param name="user">The user name. Those that nobody has count together: anybody can make up as many as he likes.</param>
    /// <param name="signIn">Compares the password; null where it is wrong.</param>
    /// <param name="wait">How long to wait where too many attempts were made; null otherwise.</param>
    public Member? SignIn(ConnectionInfo connection, string user, Func<Member?> signIn, out TimeSpan? wait)
    {
        var who = (User: members.HasUser(user) ? user : "", Address: addresses.For(connection.RemoteIpAddress));
        // One at a time: attempts that are made at once count like any others.
        lock (_turn)
        {
            var isKnown = _known.Contains(who);
            wait = Refuses(_ofOne, who) ?? (isKnown || IsFirst(who) ? null : Refuses(_ofStrangers, who.User));
            if (wait is not null) return null;
            if (signIn() is { } member)
            {
                if (_known.Count >= MostKnown) _known.Clear();
                _known.Add(who);
                return member;
            }
            _ofOne.AttemptAcquire(who).Dispose();
            if (!isKnown) _ofStrangers.AttemptAcquire(who.User).Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _ofOne.Dispose();
        _ofStrangers.Dispose();
    }

    private bool IsFirst((string User, string Address) who) => Left(_ofOne, who) == AtOnce;

    /// <summary>How long to wait where no attempt is left. To ask for none would be granted as soon as part of one is there.</summary>
    private static TimeSpan? Refuses<T>(PartitionedRateLimiter<T> limiter, T who) => Left(limiter, who) > 0 ? null : Pause;

    private static long Left<T>(PartitionedRateLimiter<T> limiter, T who) => limiter.GetStatistics(who)!.CurrentAvailablePermits;

    private static TokenBucketRateLimiterOptions PerMinute(int atOnce) =>
        new() { TokenLimit = atOnce, TokensPerPeriod = 1, ReplenishmentPeriod = Pause };
}
