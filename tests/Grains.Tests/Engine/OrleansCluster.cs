using Conclude.Grains.Live;
using Conclude.Grains.Webhooks;
using Conclude.Ledger.Postgres;
using Conclude.Ledger.Sqlite;
using Conclude.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Conclude.Grains.Tests.Engine;

/// <summary>
/// Orleans silos, each with a ledger, snapshots and a publisher of its own as a silo's process has them. Grains live on the test's
/// clock; what Orleans does behind them (calls, membership, collection) on real time. Grain state outlives the silos.
/// </summary>
internal sealed partial class Cluster
{
    private readonly KeptRecords _records = new();
    private InProcessTestCluster? _cluster;

    public IServiceProvider Process(int number) => _cluster!.Silos[number].ServiceProvider;

    /// <summary>Ends a grain's activation.</summary>
    public Task End(IAddressable grain) => _cluster!.DeactivateAsync(grain);

    private async Task StartProcesses()
    {
        var builder = new InProcessTestClusterBuilder((short)ProcessCount);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => Configure(silo));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task StopProcesses()
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
        silo.Services.AddSingleton<TimeProvider>(Time);
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        _ = _database is null
            ? silo.Services.AddSqliteLedger(_data.FullName)
            // A database that was made a moment ago answers late on a busy machine; how soon it must is not what these tests are about.
            : silo.Services.AddPostgresLedger(_database, static options => (options.SingleProcess, options.Timeout) = (false, TimeSpan.FromSeconds(10)));
        silo.Services.AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            Storage.Provider, (services, _) => new KeptGrainStorage(_records, services.GetRequiredService<IGrainStorageSerializer>()));
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams(LiveStreams.Provider);
        silo.Services.AddConcludeGrains().Configure<WebhookOptions>(ToReceiversHere);
    }
}
