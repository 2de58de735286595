using System.Reflection;
using Conclude.Ledger.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Conclude.Silo.Telemetry;

/// <summary>
/// Sends what the process measures to an OTLP receiver for as long as the host runs. Exporters read the <c>OTEL_…</c> settings
/// themselves.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration, double traceRatio) : IHostedLifecycleService, IDisposable
{
    private const string ServiceName = "conclude";

    /// <summary>A receiver that is away must not hold up a stop.</summary>
    private const int FlushMilliseconds = 1_000;

    /// <summary>
    /// Ours, the engine's, and of the runtime's what an operator asks for. Npgsql's stays out: it labels with the connection string.
    /// </summary>
    private static readonly string[] Meters =
    [
        Signals.Name, "Conclude.LocalEngine", "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime",
    ];

    /// <summary>Ours, and Orleans' of the way between silos. The framework's own request span stays out: it may hold addresses.</summary>
    private static readonly string[] Spans = [Signals.Name, NamelessHops.Source];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Ahead of everything else, so that the first commit is measured too.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(Describe)
            .AddSource(Spans)
            .SetSampler(new TraceSampler(traceRatio))
            .AddProcessor(new NamelessHops())
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>After everything else has stopped.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _traces?.Shutdown(FlushMilliseconds);
        _metrics?.Shutdown(FlushMilliseconds);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Under what <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> say.</summary>
    private void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddTelemetrySdk()
        .AddService(ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString())
        .AddEnvironmentVariableDetector();
}
