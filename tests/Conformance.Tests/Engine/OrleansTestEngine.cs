using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Conclude.Conformance.Tests.Engine;

/// <summary>
/// One Orleans silo with a client of its own. Grain timers run on the test's clock; calls and idle collection, which Orleans
/// keeps on real time, get short real periods.
/// </summary>
internal sealed partial class TestEngine
{
    private InProcessTestCluster? _cluster;

    public static bool IsDurable => false;

    public static bool IsLocal => false;

    public IClusterClient Client => _cluster!.Client;

    public IServiceProvider Services => _cluster!.GetSiloServiceProvider();

    public async Task StopAsync()
    {
        foreach (var silo in _cluster!.GetActiveSilos().ToList())
        {
            await _cluster.StopSiloAsync(silo);
        }
    }

    public Task RestartAsync() => throw new NotSupportedException("This silo's storage ends with it.");

    private async Task StartHostAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(Storage);
            silo.AddMemoryGrainStorage(Memory);
            silo.AddMemoryGrainStorage("PubSubStore");
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
            });
            if (_settings.ShortResponseTimeout)
            {
                silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2));
            }
        });
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

    private async Task DisposeHostAsync() => await _cluster!.DisposeAsync();
}
