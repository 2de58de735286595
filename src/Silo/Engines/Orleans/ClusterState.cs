using Conclude.Grains;
using Npgsql;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;

namespace Conclude.Silo.Engines.Orleans;

/// <summary>What silos keep in the database beside the ledger.</summary>
internal static class ClusterState
{
    /// <summary>As Orleans' providers know the driver.</summary>
    public const string Invariant = "Npgsql";

    private const string Rows = "rows";

    /// <summary>The cluster's connections, and its tables made before the silo starts.</summary>
    public static void AddClusterDatabase(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(_ => ClusterDatabase.Open(connectionString)).AddHostedService<ClusterTables>();

    /// <summary>
    /// Grain state, and who listens to which stream (<c>PubSubStore</c>): that, too, must outlive any silo, or the pages open on the others
    /// would hear nothing more once the silo that knew of them had gone.
    /// </summary>
    public static void AddClusterState(this IServiceCollection services)
    {
        services.AddAdoNetGrainStorage(Rows, static options => options.Configure<NpgsqlDataSource, Serializer>(static (storage, database, serializer) =>
        {
            (storage.Invariant, storage.DataSource, storage.DeleteStateOnClear) = (Invariant, database, true);
            storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
        foreach (var name in new[] { Storage.Provider, ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME })
        {
            services.AddKeyedSingleton<IGrainStorage>(name, static (all, _) => new ExactKeys(all.GetRequiredKeyedService<IGrainStorage>(Rows)));
        }
    }
}
