using System.Text.Json;

namespace TakeItDown.Matching;

/// <summary>What decoders of pictures and of videos have in common. Health checks and <c>doctor</c> go over all of them.</summary>
public interface IDecoder
{
    /// <summary>A short name for logs and <c>doctor</c>, such as <c>libvips</c>.</summary>
    string Name { get; }

    /// <summary>Whether the decoder can work here: its native part was found.</summary>
    DecoderAvailability Availability { get; }

    /// <summary>The formats that it reads, supposing that it is available: the words that JSON has for them, such as <c>jpeg</c>.</summary>
    IReadOnlyList<string> Formats { get; }

    /// <summary>The words for the formats that a decoder reads.</summary>
    /// <param name="canDecode">Whether it reads one.</param>
    internal static IReadOnlyList<string> Words<TFormat>(Func<TFormat, bool> canDecode)
        where TFormat : struct, Enum =>
        [.. Enum.GetValues<TFormat>().Where(format => Convert.ToInt32(format, null) != 0 && canDecode(format)).Select(static format => JsonNamingPolicy.CamelCase.ConvertName(format.ToString()))];
}
