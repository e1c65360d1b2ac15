using System.Globalization;

namespace TakeItDown.Matching.Registry.Ncmec;

/// <summary>What a <c>next</c> address lets one guess of the window. Only progress and the size of windows follow from it, never what is read.</summary>
/// <param name="Start">The number of the first entry of the next page, counted from 1; 0 where it is not known.</param>
/// <param name="Total">How many entries the window has; 0 where it is not known.</param>
internal readonly record struct NcmecPaging(long Start, long Total)
{
    /// <summary>The share of the window that lies before the next page, 0 to 1.</summary>
    public double Share => Total > 0 ? Math.Clamp((Start - 1) / (double)Total, 0, 1) : 0;

    public static NcmecPaging Parse(string next)
    {
        long start = 0, total = 0;
        var query = next.AsSpan(next.IndexOf('?', StringComparison.Ordinal) + 1);
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.StartsWith("start=", StringComparison.Ordinal)) start = Number(pair[6..]);
            else if (pair.StartsWith("max=", StringComparison.Ordinal)) total = Number(pair[4..]);
        }
        return start > 0 && total > 0 ? new NcmecPaging(start, total) : default;
    }

    private static long Number(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
