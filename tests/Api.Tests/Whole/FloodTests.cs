using System.Diagnostics.Metrics;
using System.Net;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Process;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Conclude.Api.Tests.Whole;

/// <summary>Proves that who makes up names, people and browsers without end fills neither the process nor the catalogue.</summary>
[Collection(Timed.Name)]
public sealed class FloodTests : IAsyncLifetime
{
    private const int Strangers = 5_000;

    /// <summary>Bytes of heap for each stranger while they are remembered; a session that was asked takes about a thousand.</summary>
    private const long PerStranger = 8 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ApiHost _host = new(
        [("Conclude:RateLimit:Enabled", "false")],
        static services => services.Configure<GrainCollectionOptions>(static c => (c.CollectionQuantum, c.CollectionAge) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2))));

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Strangers_are_forgotten_when_they_have_gone()
    {
        var workspace = await TestWorkspace.Create(_host);
        await workspace.AddMoment("exported", new { cooldownHours = 24 });
        using Sessions sessions = new();
        await workspace.Fire("warm", "exported");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await Parallel.ForAsync(0, Strangers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) => await workspace.Fire(n % 2 == 0 ? new { anonymousId = $"b{n}" } : (object)new { externalId = $"u{n}", email = $"u{n}@example.com" }, "exported"));

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Strangers * PerStranger);
        var started = TimeProvider.System.GetTimestamp();
        while (sessions.Count() > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"{sessions.Count()} sessions are still in memory.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Names_made_up_without_end_are_refused_after_the_hundredth_of_an_hour()
    {
        var workspace = await TestWorkspace.Create(_host);
        var rejected = 0;
        for (var batch = 0; batch < 5; batch++)
        {
            var answer = await TestWorkspace.Body(
                await workspace.PostEvents(new { user = new { anonymousId = "b" }, events = Enumerable.Range(0, 100).Select(n => new { id = Guid.CreateVersion7(), name = $"name_{batch}_{n}" }) }), HttpStatusCode.OK);
            rejected += answer["rejected"]!.AsArray().Count(static r => (string)r!["code"]! == "too_many_event_names");
        }

        // An hour may turn in between.
        Assert.InRange(rejected, 300, 400);
        Assert.InRange((await workspace.Get("observed-events"))["items"]!.AsArray().Count, 100, 200);
    }

    /// <summary>What the engine tells of sessions in memory.</summary>
    private sealed class Sessions : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public Sessions()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "conclude.engine.activations")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    _count += (string?)tag.Value == "session" ? value : 0;
                }
            });
            _listener.Start();
        }

        public int Count()
        {
            _count = 0;
            _listener.RecordObservableInstruments();
            return _count;
        }

        public void Dispose() => _listener.Dispose();
    }
}
