using System.Diagnostics.Metrics;
using TakeItDown.Matching.Telemetry;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace TakeItDown.Matching.Lists;

/// <summary>Measures the lists in use whenever somebody asks: how old each is, and how many entries it has.</summary>
internal static class ListGauges
{
    public static void Create(IMeterFactory meters, ListCatalog catalog, TimeProvider time)
    {
        var meter = meters.Create(MatchingTelemetry.MeterName);
        meter.CreateObservableGauge(
            TelemetryNames.ListAge, () => Ages(catalog, time.GetUtcNow()), "s", "The time since the instant up to which a list is complete.");
        meter.CreateObservableGauge(
            TelemetryNames.ListEntries, () => Entries(catalog), "{entry}", "The entries that uploads are compared with.");
    }

    private static IEnumerable<Measurement<double>> Ages(ListCatalog catalog, DateTimeOffset now)
    {
        foreach (var list in catalog.Current)
        {
            if (list.CompleteThrough is { } through) yield return new Measurement<double>((now - through).TotalSeconds, Named(list));
        }
    }

    private static IEnumerable<Measurement<long>> Entries(ListCatalog catalog)
    {
        foreach (var list in catalog.Current) yield return new Measurement<long>(list.Index.EntryCount, Named(list));
    }

    private static Tag Named(ListSnapshot list) => new(TelemetryNames.ListTag, list.Name);
}
