using System.Net;
using System.Threading.RateLimiting;

namespace UploadApi.Staff;

/// <summary>
/// Slows down who guesses the password of staff. Failures alone count. One network (an IPv4 address, a /64 of IPv6) has <see cref="AtOnce"/> in a
/// row, then one a minute. Those of all networks count together as well: beyond <see cref="TogetherAtOnce"/>, a network without a failure of its
/// own has one attempt, and every other waits. So guessing from many places is slow, and nobody can shut staff out: the right password is let in
/// at a first attempt, from anywhere.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    /// <summary>How many wrong passwords one network may send in a row: who mistypes has more than enough.</summary>
    public const int AtOnce = 10;

    /// <summary>How many wrong passwords all networks together may send in a row.</summary>
    public const int TogetherAtOnce = 100;

    private readonly Lock _turn = new();
    private readonly PartitionedRateLimiter<string> _ofOne =
        PartitionedRateLimiter.Create<string, string>(network => RateLimitPartition.GetTokenBucketLimiter(network, static _ => PerMinute(AtOnce)));

    private readonly TokenBucketRateLimiter _together = new(PerMinute(TogetherAtOnce));

    /// <summary>Whether the password is right; null where too many attempts were made, and this one is not looked at.</summary>
    /// <param name="from">Where the attempt comes from.</param>
    /// <param name="check">Compares the password.</param>
    public bool? Check(IPAddress? from, Func<bool> check)
    {
        var network = Network(from);
        // One at a time: attempts that are made at once count like any others.
        lock (_turn)
        {
            var left = _ofOne.GetStatistics(network)!.CurrentAvailablePermits;
            if (left == 0 || (left < AtOnce && _together.GetStatistics()!.CurrentAvailablePermits == 0)) return null;
            if (check()) return true;
            _ofOne.AttemptAcquire(network).Dispose();
            _together.AttemptAcquire().Dispose();
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ofOne.Dispose();
        _together.Dispose();
    }

    /// <summary>A household has one IPv4 address, but a whole /64 of IPv6.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes, 0, bytes.Length == 16 ? 8 : bytes.Length);
    }

    private static TokenBucketRateLimiterOptions PerMinute(int atOnce) =>
        new() { TokenLimit = atOnce, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) };
}
