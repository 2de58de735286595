using Conclude.LocalEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>The local engine in a generic host, on a clock the test moves.</summary>
internal sealed partial class TestEngine
{
    private IHost? _host;

    /// <summary>For what the Orleans API leaves to the engine.</summary>
    public static bool IsLocal => true;

    public IClusterClient Client => Services.GetRequiredService<IClusterClient>();

    public IServiceProvider Services => _host!.Services;

    public Task StopAsync() => _host!.StopAsync();

    public async Task RestartAsync()
    {
        await StopAsync();
        await DisposeHostAsync();
        await StartHostAsync();
    }

    private Task StartHostAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddKeyedSingleton<IGrainStorage, FaultyStorage>(Faulty);
        builder.Services.AddLocalEngine(engine => engine
            .AddGrains(typeof(TestEngine).Assembly)
            .AddSqliteGrainStorage(Storage, Path.Combine(_data.FullName, "grains.db"))
            .AddMemoryGrainStorage(Memory)
            .AddPostgresGrainStorage(Postgres, static () => PostgresServer.Get().NewDatabase())
            .AddMemoryStreams(Streams));
        builder.Services.Configure<LocalEngineOptions>(options =>
        {
            options.DrainTimeout = _settings.ShortStop ? TimeSpan.FromMilliseconds(200) : options.DrainTimeout;
            options.StreamQueueLength = _settings.StreamQueueLength ?? options.StreamQueueLength;
        });
        builder.Services.Configure<GrainCollectionOptions>(options =>
            options.DeactivationTimeout = _settings.ShortStop ? TimeSpan.FromMilliseconds(200) : options.DeactivationTimeout);
        _host = builder.Build();
        return _host.StartAsync();
    }

    private Task DisposeHostAsync()
    {
        _host!.Dispose();
        return Task.CompletedTask;
    }
}
