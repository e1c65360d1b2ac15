using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>The answer to a scan. What to do about each is the platform's policy.</summary>
[JsonConverter(typeof(EnumWordConverter<Verdict>))]
public enum Verdict
{
    /// <summary>
    /// Some list in use could not be asked (never synced, or older than allowed) and no other has the content. The default of the type,
    /// so that an answer nobody filled in never reads as "clean".
    /// </summary>
    ListUnavailable = 0,

    /// <summary>The content could not be judged whole, or not without a person; what else could be checked is on no list. See <see cref="ScanResult.Reason"/>.</summary>
    NotScannable,

    /// <summary>Everything was checked that lists are compared by, and the content is on no list in use.</summary>
    NoMatch,

    /// <summary>The content is on a list.</summary>
    Match,
}
