namespace TakeItDown.Matching;

/// <summary>What decoders say of themselves, taken together.</summary>
public static class DecoderExtensions
{
    /// <summary>
    /// The decoders that are missed on this machine: those that are not available, but for an optional one whose formats the others read.
    /// </summary>
    /// <param name="decoders">All decoders of pictures, or all decoders of videos.</param>
    public static IEnumerable<TDecoder> WhereMissed<TDecoder>(this IEnumerable<TDecoder> decoders)
        where TDecoder : IDecoder
    {
        ArgumentNullException.ThrowIfNull(decoders);
        var all = decoders.ToArray();
        var read = all.Where(static decoder => decoder.Availability.IsAvailable).SelectMany(static decoder => FormatsOf(decoder) ?? []).ToHashSet(StringComparer.Ordinal);
        return all.Where(decoder => decoder.Availability is { IsAvailable: false } missing && !(missing.IsOptional && FormatsOf(decoder) is { } formats && read.IsSupersetOf(formats)));
    }

    // A decoder that throws here is said to when it is asked for a picture; it keeps no host from its start.
    private static IReadOnlyList<string>? FormatsOf(IDecoder decoder)
    {
        try
        {
            return decoder.Formats;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
