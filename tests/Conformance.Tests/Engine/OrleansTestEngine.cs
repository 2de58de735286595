using Conclude.Silo.Engines.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>
/// Orleans silos with a client of its own. Grain timers run on the test's clock; calls and idle collection, which Orleans keeps on
/// real time, get short real periods.
/// </summary>
internal sealed partial class TestEngine
{
    private readonly KeptRecords _records = new();
    private InProcessTestCluster? _cluster;
    private string? _database;

    public static bool IsLocal => false;

    public IClusterClient Client => _cluster!.Client;

    public IServiceProvider Services => Silo(0);

    /// <summary>Silos start in this order; the test's client is connected to all.</summary>
    public IServiceProvider Silo(int number) => _cluster!.Silos[number].ServiceProvider;

    /// <summary>Silo by silo, under the eyes of the client.</summary>
    public async Task StopAsync()
    {
        foreach (var silo in _cluster!.GetActiveSilos().ToList())
        {
            await _cluster.StopSiloAsync(silo);
        }
    }

    public Task StopSiloAsync(int number) => _cluster!.StopSiloAsync(_cluster.Silos[number]);

    public async Task RestartAsync()
    {
        await StopAsync();
        await DisposeHostAsync();
        await StartHostAsync();
    }

    private async Task StartHostAsync()
    {
        _database ??= _settings.Postgres ? PostgresServer.Get().NewDatabase() : null;
        var builder = new InProcessTestClusterBuilder((short)(_settings.Silos ?? TestSilos.Count));
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client =>
        {
            client.AddMemoryStreams(Streams);
            if (_settings.ShortResponseTimeout)
            {
                client.Services.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2));
            }
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            Storage, (services, _) => new KeptGrainStorage(_records, services.GetRequiredService<IGrainStorageSerializer>()));
        silo.AddMemoryGrainStorage(Memory);
        if (_database is null)
        {
            silo.AddMemoryGrainStorage("PubSubStore");
        }
        else
        {
            silo.Services.AddClusterDatabase(_database);
            silo.Services.AddClusterState();
            silo.Services.AddKeyedSingleton(Postgres, static (all, _) => all.GetRequiredKeyedService<IGrainStorage>(Grains.Storage.Provider));
        }

        silo.AddMemoryStreams(Streams, streams => streams.ConfigurePullingAgent(agent => agent.Configure(options =>
        {
            options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(20);
            options.MaxEventDeliveryTime = TimeSpan.FromSeconds(2);
        })));
        silo.Services.AddKeyedSingleton<IGrainStorage, FaultyStorage>(Faulty);
        silo.Services.AddSingleton<TimeProvider>(Time);
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(1);
            options.CollectionAge = TimeSpan.FromSeconds(3);
            options.DeactivationTimeout = _settings.ShortStop ? TimeSpan.FromMilliseconds(200) : options.DeactivationTimeout;
        });
        if (_settings.ShortStop)
        {
            // The test cluster sets half a minute.
            silo.Services.PostConfigure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        }

        if (_settings.ShortResponseTimeout)
        {
            silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2));
        }
    }

    private async Task DisposeHostAsync() => await _cluster!.DisposeAsync();
}
