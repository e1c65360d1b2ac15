using System.Globalization;

namespace TakeItDown.Matching.Registries.Ncmec;

/// <summary>
/// What a <c>next</c> address lets one guess of the window. Progress, the size of windows and what is read a second time follow from it, never
/// what is left out.
/// </summary>
/// <param name="Start">The number of the first entry of the next page, counted from 1; 0 where it is not known.</param>
/// <param name="End">The number of the last entry that the next page can hold; 0 where it is not known.</param>
/// <param name="Total">How many entries the window has; 0 where it is not known.</param>
internal readonly record struct NcmecPaging(long Start, long End, long Total)
{
    public static NcmecPaging Parse(string next)
    {
        long start = 0, size = 0, total = 0;
        foreach (var (name, value) in Query(next))
        {
            if (name == "start") start = Number(value);
            else if (name == "size") size = Number(value);
            else if (name == "max") total = Number(value);
        }
        return start > 0 && total > 0 ? new NcmecPaging(start, size > 0 && size < total ? start - 1 + size : 0, total) : default;
    }

    /// <summary>The parameters of an address, as they are meant.</summary>
    public static IEnumerable<(string Name, string Value)> Query(string next) =>
        from pair in next[(next.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')
        let parts = pair.Split('=', 2)
        select (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[^1]));

    private static long Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
