using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Conclude.Testing.Otlp;

/// <summary>Takes what is sent by OTLP over HTTP in binary, and reads of it what the tests ask for (opentelemetry-proto 1.x).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _metrics = [];
    private readonly ConcurrentQueue<byte[]> _traces = [];
    private WebApplication _app = null!;

    public string Address => _app.Urls.Single();

    /// <summary>Settings of a process that sends here, often.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("Conclude__Telemetry__TraceRatio", "1"),
    ];

    /// <summary>All metrics that came, as text, for what must not be in it.</summary>
    public string MetricsText => string.Join('\n', _metrics.Select(Encoding.UTF8.GetString));

    public string TracesText => string.Join('\n', _traces.Select(Encoding.UTF8.GetString));

    /// <summary>Metrics by name with their units.</summary>
    public IReadOnlyDictionary<string, string> Units
    {
        get
        {
            Dictionary<string, string> units = new(StringComparer.Ordinal);
            foreach (var metric in Metrics())
            {
                units[metric.Text(1)] = metric.Text(3);
            }

            return units;
        }
    }

    public IReadOnlyList<ReceivedSpan> Spans =>
    [
        .. _traces.SelectMany(static body => new Wire(body).All(1, 2, 2)).Select(static s => new ReceivedSpan(
            s.Text(5), s.Hex(1), s.Hex(2), s.Hex(4), [.. s.All(13).Select(static l => l.Hex(2))], Labels(s, 9))),
    ];

    public static async Task<OtlpReceiver> Start()
    {
        OtlpReceiver receiver = new();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        receiver._app = builder.Build();
        receiver._app.MapPost("/v1/metrics", http => Keep(http, receiver._metrics));
        receiver._app.MapPost("/v1/traces", http => Keep(http, receiver._traces));
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The highest that a counter with this label has come to, the count of a histogram; 0 when it never came.</summary>
    /// <param name="label">A label's value; null for a metric without labels.</param>
    public long Value(string name, string? label = null) => Metrics()
        .Where(m => m.Text(1) == name)
        .SelectMany(static m => m.All(7, 1).Where(static p => p.Has(6)).Select(static p => (Labels: Labels(p, 7), Value: p.Fixed(6)))
            .Concat(m.All(9, 1).Select(static p => (Labels: Labels(p, 9), Value: p.Fixed(4)))))
        .Where(p => label is null ? p.Labels.Count == 0 : p.Labels.Values.Contains(label, StringComparer.Ordinal))
        .Select(static p => p.Value).DefaultIfEmpty().Max();

    public static async Task Soon(Func<bool> holds, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), otherwise());
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IEnumerable<Wire> Metrics() => _metrics.SelectMany(static body => new Wire(body).All(1, 2, 2));

    private static Dictionary<string, string> Labels(Wire point, int number) => point.All(number).ToDictionary(
        static l => l.Text(1),
        static l => l.All(2).Select(static v => v.Has(1) ? v.Text(1) : "").Single(),
        StringComparer.Ordinal);

    private static async Task Keep(HttpContext http, ConcurrentQueue<byte[]> bodies)
    {
        Assert.Equal("application/x-protobuf", http.Request.ContentType);
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        bodies.Enqueue(body.ToArray());
    }
}
