using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>
/// One running engine of the build's kind, seen through the Orleans API only. How it is made is in LocalTestEngine.cs and
/// OrleansTestEngine.cs.
/// </summary>
internal sealed partial class TestEngine : IAsyncDisposable
{
    public const string Storage = "storage";
    public const string Memory = "memory";
    public const string Postgres = "postgres";
    public const string Faulty = "faulty";
    public const string Streams = "streams";

    /// <summary>Real time after which a condition that does not come true fails the test.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EngineSettings _settings;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("conclude-conformance-");

    private TestEngine(EngineSettings settings) => _settings = settings;

    /// <summary>Drives timers on both engines, and on the local one everything else too.</summary>
    public ManualTime Time { get; } = new();

    public static async Task<TestEngine> StartAsync(EngineSettings? settings = null)
    {
        var engine = new TestEngine(settings ?? new());
        await engine.StartHostAsync();
        return engine;
    }

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => Client.GetGrain<T>(key);

    public IGrainStorage GetStorage(string name)
    {
        Assert.SkipWhen(name == Postgres && PostgresServer.IsMissing, "PostgreSQL is missing: install the Debian package postgresql");
        return Services.GetRequiredKeyedService<IGrainStorage>(name);
    }

    /// <summary>Waits for a condition; each look at it is preceded by <paramref name="step"/> of the engine's time, if given.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan step = default)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The condition did not come true.");
            if (step > TimeSpan.Zero)
            {
                Time.Advance(step);
            }

            await Task.Delay(2);
        }
    }

    /// <summary>Lets idle collection happen: a minute of the local engine's time at a time, real time on Orleans.</summary>
    public Task UntilIdleAsync(Func<bool> condition) => UntilAsync(condition, TimeSpan.FromMinutes(1));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await DisposeHostAsync();
        _data.Delete(recursive: true);
    }
}
