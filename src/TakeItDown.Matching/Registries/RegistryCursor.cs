using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TakeItDown.Matching.Registries;

/// <summary>How far a registry's list was read.</summary>
internal interface IRegistryCursor
{
    /// <summary>What was asked of which registry: a cursor of another scope says nothing here.</summary>
    string Scope { get; }

    /// <summary>Whether every difference of clocks that it was stored with can be.</summary>
    bool IsPlausible { get; }
}

/// <summary>What the cursors of all registries share.</summary>
internal static class RegistryCursor
{
    /// <summary>
    /// How far a read reaches back into the one before it, for changes that the registry stamped before but showed after it was read. What comes twice
    /// changes nothing in the store.
    /// </summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>Reads the text form.</summary>
    /// <returns>Null where the text is none, or of another scope: then the list is to be read from its beginning.</returns>
    public static TCursor? Parse<TCursor>(string? text, string scope, JsonTypeInfo<TCursor> type)
        where TCursor : class, IRegistryCursor
    {
        if (text is null) return null;
        try
        {
            var cursor = JsonSerializer.Deserialize(text, type);
            return cursor?.Scope == scope && cursor.IsPlausible ? cursor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// By how much the registry's clock was set back since something was read; zero where reads overlap by more.
    /// </summary>
    /// <param name="before">What the clock was ahead of ours then; null where that is not known.</param>
    /// <param name="skew">What it is ahead of ours now.</param>
    public static TimeSpan SetBack(TimeSpan? before, TimeSpan skew) => before is { } was && was - skew > Overlap / 2 ? was - skew : TimeSpan.Zero;

    /// <summary>Whether a place that the registry named can still be trusted. A clock of ours that was set back makes it doubtful, too.</summary>
    /// <param name="readAt">When the registry named it, by our clock.</param>
    /// <param name="lifetime">How long the registry remembers it.</param>
    /// <param name="now">Our clock.</param>
    public static bool IsUsable(DateTimeOffset readAt, TimeSpan lifetime, DateTimeOffset now) => now - readAt < lifetime && readAt <= now;
}
