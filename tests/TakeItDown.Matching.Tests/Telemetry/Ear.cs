using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TakeItDown.Matching.Telemetry;

namespace TakeItDown.Matching.Tests.Telemetry;

/// <summary>A value that was measured.</summary>
internal sealed record Heard(string Instrument, double Value, string Tags);

/// <summary>Hears every instrument and activity of one host, and of no other that runs beside it.</summary>
internal sealed class Ear : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public Ear(IMeterFactory factory, MatchingInstruments instruments)
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != MatchingTelemetry.MeterName || instrument.Meter.Scope != factory) return;
            Units[instrument.Name] = instrument.Unit ?? "";
            if (instrument is Histogram<double> histogram) Histograms[instrument.Name] = histogram;
            listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Values.Enqueue(new Heard(instrument.Name, value, Join(tags))));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Values.Enqueue(new Heard(instrument.Name, value, Join(tags))));
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source == instruments.Activities,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public ConcurrentDictionary<string, string> Units { get; } = new();

    public ConcurrentDictionary<string, Histogram<double>> Histograms { get; } = new();

    public ConcurrentQueue<Heard> Values { get; } = new();

    public ConcurrentQueue<Activity> Activities { get; } = new();

    /// <summary>What an instrument measured, as its tags and its value.</summary>
    public IEnumerable<(string Tags, double Value)> Of(string instrument) => Values.Where(heard => heard.Instrument == instrument).Select(heard => (heard.Tags, heard.Value));

    /// <summary>Asks the gauges.</summary>
    public void Observe() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private static string Join(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
}
