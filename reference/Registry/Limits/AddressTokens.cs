using System.Net;
using System.Security.Cryptography;

namespace Registry.Limits;

/// <summary>
/// Stands in for a caller's address: a keyed digest under a random key that lives in memory and changes every day. Nothing can turn a token
/// back into an address once its key is gone, and tokens of two days cannot be told to be of one caller.
/// </summary>
internal sealed class AddressTokens(TimeProvider time)
{
    private readonly Lock _turn = new();
    private byte[] _key = [];
    private long _day = -1;

    public string For(IPAddress? address) => Convert.ToBase64String(HMACSHA256.HashData(KeyOfToday(), Network(address)));

    private byte[] KeyOfToday()
    {
        var today = time.GetUtcNow().Ticks / TimeSpan.TicksPerDay;
        lock (_turn)
        {
            if (today != _day) (_key, _day) = (RandomNumberGenerator.GetBytes(32), today);
            return _key;
        }
    }

    /// <summary>A household has one IPv4 address, but a whole /64 of IPv6.</summary>
    private static byte[] Network(IPAddress? address)
    {
        if (address is null) return [];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 16 ? bytes[..8] : bytes;
    }
}
