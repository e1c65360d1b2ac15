using System.Text.Json.Serialization;

namespace TakeItDown.Matching;

/// <summary>What becomes of what a list finds.</summary>
[JsonConverter(typeof(EnumWordConverter<ListMode>))]
public enum ListMode
{
    /// <summary>It decides the verdict.</summary>
    Enforce = 0,

    /// <summary>
    /// It is recorded, in <see cref="ScanResult.ReportOnly"/> and as a metric, and decides nothing: the verdict is the one that would be given were the list
    /// switched off.
    /// </summary>
    ReportOnly,
}
