using System.Diagnostics.Metrics;

namespace Conclude.LocalEngine;

/// <summary>What the engine tells of itself, as Orleans does under a meter of its own.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private const string Name = "Conclude.LocalEngine";

    private readonly Meter _meter = new(Name);

    internal EngineMetrics(ActivationDirectory activations) => _meter.CreateObservableUpDownCounter(
        "conclude.engine.activations",
        () => activations.CountByType().Select(static type => new Measurement<int>(type.Value, new KeyValuePair<string, object?>("conclude.grain", type.Key.ToString()))),
        "{activation}",
        "Grains in memory; those of type session are people.");

    public void Dispose() => _meter.Dispose();
}
