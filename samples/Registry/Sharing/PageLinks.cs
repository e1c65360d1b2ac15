using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Registry.Sharing;

/// <summary>
/// The <c>next</c> of a page and what it stands for. A link is signed for its reader, window and time of issue, so that one of another
/// window, or an old one, is refused instead of skipping entries in silence. The key lives as long as the process.
/// </summary>
internal sealed class PageLinks(TimeProvider time, IOptions<RegistryOptions> options)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly int _size = options.Value.PageSize;

    /// <summary>The link to the page that starts at a sequence number, relative to the root.</summary>
    public string Next(Member reader, Window window, long start, long max)
    {
        var parts = new Parts(Uri.EscapeDataString(WireTime.Format(window.After)), Uri.EscapeDataString(WireTime.Format(window.Until)),
            start, _size, max, time.GetUtcNow().ToUnixTimeSeconds());
        return $"/v2/entries?{parts}&signature={Sign(reader, parts)}";
    }

    /// <summary>
    /// Reads a query. A first page is asked for by <c>from</c> and <c>to</c> alone; each has a default. Where it returns null,
    /// <paramref name="refusal"/> says why.
    /// </summary>
    public PageRequest? Read(Member reader, IQueryCollection query, out string refusal)
    {
        long after = 0, until = time.GetUtcNow().ToUnixTimeSeconds();
        refusal = "from and to must be times in UTC, as 2026-01-31T23:59:59Z, each given once, and from not after to";
        if (query.TryGetValue("from", out var from) && !WireTime.TryParse(from, out after)) return null;
        if (query.TryGetValue("to", out var to) && !WireTime.TryParse(to, out until)) return null;
        if (after > until) return null;
        var window = new Window(after, until);
        if (!query.ContainsKey("start") && !query.ContainsKey("signature")) return new PageRequest(window, Start: 1, _size, Max: null);

        refusal = "next is not of this window or this member; start the window again";
        if (!long.TryParse(query["start"], CultureInfo.InvariantCulture, out var start) || !int.TryParse(query["size"], CultureInfo.InvariantCulture, out var size)
            || !long.TryParse(query["max"], CultureInfo.InvariantCulture, out var max)
            || !long.TryParse(query["issued"], CultureInfo.InvariantCulture, out var issued)) return null;
        var parts = new Parts(Uri.EscapeDataString(WireTime.Format(after)), Uri.EscapeDataString(WireTime.Format(until)), start, size, max, issued);
        var expected = Encoding.ASCII.GetBytes(Sign(reader, parts));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(query["signature"].ToString()))) return null;

        refusal = "next has expired; start the window again";
        return time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(issued) > s_lifetime ? null : new PageRequest(window, start, size, max);
    }

    private string Sign(Member reader, Parts parts) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{reader.User}\n{parts}")));

    private readonly record struct Parts(string From, string To, long Start, int Size, long Max, long Issued)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"from={From}&to={To}&start={Start}&size={Size}&max={Max}&issued={Issued}");
    }
}
