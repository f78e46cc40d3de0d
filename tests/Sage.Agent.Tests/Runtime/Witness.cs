using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sage.Agent.Runtime;

namespace Sage.Agent.Tests.Runtime;

/// <summary>Listens to everything Sage tells of itself.</summary>
internal sealed class Witness : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly ActivityListener _traces;
    private readonly MeterListener _meters = new();

    public Witness()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_traces);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                Instruments.Add(instrument.Name);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
    }

    public List<string> Instruments { get; } = [];

    public IReadOnlyList<Activity> Spans => [.. _spans];

    public IReadOnlyList<(string Name, double Value, Dictionary<string, object?> Tags)> Measured => [.. _measured];

    /// <summary>Every attribute and every dimension that was said, as text.</summary>
    public IEnumerable<(string Name, string Value)> Said =>
        Spans
            .SelectMany(span => span.TagObjects)
            .Concat(Measured.SelectMany(measured => measured.Tags))
            .Select(tag => (tag.Key, tag.Value is string[] list ? string.Join(',', list) : $"{tag.Value}"));

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
