using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Registry.Model;

namespace Registry.Sharing;

/// <summary>
/// The <c>next</c> of a page and what it stands for. A link is signed for its reader, window and time of issue, so that one of another
/// window, or an old one, is refused instead of skipping entries in silence. The key lives as long as the process.
/// </summary>
internal sealed class PageLinks(TimeProvider time, IOptions<RegistryOptions> options)
{
    private const long Lifetime = 12 * 60 * 60; // seconds
    private static readonly string[] NumberNames = ["size", "start", "max", "sequence", "last", "issued"];
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly int _size = options.Value.PageSize;

    /// <summary>The link to a later page, relative to the root.</summary>
    public string Next(Member reader, Window window, PagePlace place)
    {
        var query = Query(window, _size, place, time.GetUtcNow().ToUnixTimeSeconds());
        return $"/v2/entries?{query}&signature={Sign(reader, query)}";
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
        if (!query.ContainsKey("start") && !query.ContainsKey("signature")) return new PageRequest(window, _size, Place: null);

        refusal = "next is not of this window or this member; start the window again";
        Span<long> numbers = stackalloc long[NumberNames.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(query[NumberNames[i]], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return null;
        }
        var (size, place, issued) = (numbers[0], new PagePlace(numbers[1], numbers[2], numbers[3], numbers[4]), numbers[5]);
        var signature = Sign(reader, Query(window, size, place, issued));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(query["signature"].ToString()))) return null;

        refusal = "next has expired; start the window again";
        return time.GetUtcNow().ToUnixTimeSeconds() - issued > Lifetime ? null : new PageRequest(window, (int)size, place);
    }

    private static string Query(Window window, long size, PagePlace place, long issued) => string.Create(
        CultureInfo.InvariantCulture,
        $"from={Escape(window.After)}&to={Escape(window.Until)}&start={place.Start}&size={size}&max={place.Max}"
        + $"&sequence={place.Sequence}&last={place.Last}&issued={issued}");

    private static string Escape(long seconds) => Uri.EscapeDataString(WireTime.Format(seconds));

    private string Sign(Member reader, string query) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{reader.User}\n{query}")));
}
