using System.Net;
using System.Net.Http.Json;
using Conclude.Testing;
using Conclude.Testing.Otlp;

namespace Conclude.Api.Tests.Process;

/// <summary>Proves with a real process and a receiver of OTLP that what the documents name is sent, counts right, and holds no person.</summary>
public sealed class TelemetryTests
{
    private const string Moment = "report_exported";

    /// <summary>The table of docs/operate.md; failures and refusals come only when there are any.</summary>
    private static readonly (string Name, string Unit)[] Metrics =
    [
        ("conclude.ingest.events", "{event}"), ("conclude.ingest.verdicts", "{event}"),
        ("conclude.ledger.commit.duration", "s"), ("conclude.ledger.commit.size", "{operation}"),
        ("conclude.ledger.queue.size", "{operation}"), ("conclude.ledger.queue.bytes", "By"),
        ("conclude.stream.lag", "s"), ("conclude.engine.activations", "{activation}"), ("http.server.request.duration", "s"),
    ];

    [Fact]
    public async Task Metrics_arrive_with_their_units_and_count_what_was_answered()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var silo = await SiloProcess.Start(receiver.Settings);
        await MakeMoment(silo);
        using WidgetClient widget = new(silo.Address);
        var again = Guid.CreateVersion7();
        await widget.Fire("ada-lovelace", (again, "page_viewed"), (Guid.CreateVersion7(), "page_viewed"));
        await widget.Fire("ada-lovelace", (again, "page_viewed"), (Guid.CreateVersion7(), "not a name"));
        await widget.Fire("ada-lovelace", (Guid.CreateVersion7(), Moment));
        await widget.Fire("ada-lovelace", (Guid.CreateVersion7(), Moment));

        await OtlpReceiver.Soon(() => receiver.Value("conclude.ingest.events", "accepted") == 4, () => "accepted: " + receiver.Value("conclude.ingest.events", "accepted"));
        await OtlpReceiver.Soon(() => receiver.Value("conclude.stream.lag") > 0, () => "no lag");
        Assert.Equal(1, receiver.Value("conclude.ingest.events", "duplicate"));
        Assert.Equal(1, receiver.Value("conclude.ingest.events", "invalid"));
        Assert.Equal(2, receiver.Value("conclude.ingest.verdicts", "no_moment"));
        Assert.Equal(1, receiver.Value("conclude.ingest.verdicts", "shown"));
        Assert.Equal(1, receiver.Value("conclude.ingest.verdicts", "lease_held"));
        Assert.True(receiver.Value("conclude.ledger.commit.duration", "committed") >= 3);
        Assert.Equal(1, receiver.Value("conclude.engine.activations", "session"));
        var units = receiver.Units;
        Assert.All(Metrics, metric => Assert.Equal(metric.Unit, units.GetValueOrDefault(metric.Name)));

        await silo.Terminate();
        Assert.All(
            ["ada-lovelace", "page_viewed", Moment, SiloProcess.PublishableKey, SiloProcess.SecretKey, "acme"],
            secret => Assert.DoesNotContain(secret, receiver.MetricsText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trace_follows_an_event_from_its_route_through_the_session_to_the_commit()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var silo = await SiloProcess.Start(receiver.Settings);
        await MakeMoment(silo);
        using HttpClient page = new();
        page.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var answer = await page.PostAsJsonAsync(
            $"{silo.Address}/api/v1/widget/events?key={SiloProcess.PublishableKey}",
            new { user = new { externalId = "ada-lovelace" }, context = new { url = "https://secret.example/page" }, events = new[] { new { id = Guid.CreateVersion7(), name = Moment } } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await OtlpReceiver.Soon(() => Chain(receiver) is not null, () => string.Join(", ", receiver.Spans.Select(static s => s.Name)));
        var (route, commit) = Chain(receiver)!.Value;
        Assert.Equal("acme", route.Tags["conclude.workspace"]);
        Assert.Equal("/api/v1/widget/events", route.Tags["http.route"]);
        // The only one that waited: its child, not a root of its own.
        Assert.Equal(route.Trace, commit.Trace);
        Assert.All(
            ["ada-lovelace", "secret.example", SiloProcess.PublishableKey, SiloProcess.SecretKey, "0af7651916cd43dd8448eb211c80319c"],
            secret => Assert.DoesNotContain(secret, receiver.TracesText, StringComparison.Ordinal));
        Assert.DoesNotContain(receiver.Spans, static s => s.Trace == "0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task A_commit_of_several_traced_events_is_a_root_linked_to_each()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var silo = await SiloProcess.Start(receiver.Settings);
        using WidgetClient widget = new(silo.Address);

        await OtlpReceiver.Soon(
            () =>
            {
                Task.WaitAll([.. Enumerable.Range(0, 50).Select(n => widget.Fire("user" + n, (Guid.CreateVersion7(), "page_viewed")))], TestContext.Current.CancellationToken);
                return receiver.Spans.Any(static s => s is { Name: "ledger.commit", Links.Length: > 1 });
            },
            () => "no commit of several");

        var commit = receiver.Spans.First(static s => s is { Name: "ledger.commit", Links.Length: > 1 });
        Assert.Equal("", commit.Parent);
        await OtlpReceiver.Soon(
            () => commit.Links.All(link => receiver.Spans.Any(s => s.Id == link && s.Name == "ledger.write")), () => "a link leads nowhere");
    }

    [Theory]
    [InlineData("Conclude__Telemetry__TraceRatio", "2", "Conclude:Telemetry:TraceRatio")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("Conclude__Shutdown__DrainSeconds", "301", "Conclude:Shutdown:DrainSeconds")]
    public async Task A_setting_that_cannot_be_used_is_named(string name, string value, string named)
    {
        var (exitCode, printed) = await SiloProcess.RunRefused(port: null, (name, value));
        Assert.NotEqual(0, exitCode);
        Assert.Contains(named, Assert.Single(printed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_away_holds_up_neither_requests_nor_the_stop()
    {
        await using var silo = await SiloProcess.Start(("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{SiloProcess.FreePort()}"), ("Conclude__Telemetry__TraceRatio", "1"));
        using WidgetClient widget = new(silo.Address);
        await widget.Fire("ada", (Guid.CreateVersion7(), "page_viewed"));
        var asked = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await silo.Terminate());
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    private static (ReceivedSpan Route, ReceivedSpan Commit)? Chain(OtlpReceiver receiver)
    {
        var spans = receiver.Spans;
        return (from route in spans
                where route is { Name: "POST /api/v1/widget/events", Parent: "" }
                from fire in spans
                where fire.Name == "session.fire" && fire.Parent == route.Id
                from write in spans
                where write.Name == "ledger.write" && write.Parent == fire.Id
                from commit in spans
                where commit.Name == "ledger.commit" && commit.Parent == write.Id
                select ((ReceivedSpan, ReceivedSpan)?)(route, commit)).FirstOrDefault();
    }

    private static async Task MakeMoment(SiloProcess silo)
    {
        using var made = await silo.Management.PostAsJsonAsync("/api/v1/moments", new { @event = Moment, question = "How was it?" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }
}
