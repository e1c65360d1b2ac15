using System.Globalization;

namespace Registry.Model;

/// <summary>Times as the protocol writes them: ISO 8601 in UTC, to the second. Inside, they are whole Unix seconds.</summary>
internal static class WireTime
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] Read = [Written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static string Format(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(Written, CultureInfo.InvariantCulture);

    /// <summary>Reads a time; a fraction of a second is cut off, which changes no answer since entries change on whole seconds.</summary>
    public static bool TryParse(string? text, out long seconds)
    {
        var read = DateTimeOffset.TryParseExact(text, Read, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        seconds = (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return read;
    }
}
