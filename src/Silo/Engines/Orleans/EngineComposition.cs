using Conclude.Grains.Live;
using Conclude.Silo.Engines.Orleans;
using Npgsql;
using Orleans.Configuration;

namespace Conclude.Silo.Engines;

/// <summary>A silo of an Orleans cluster: membership and grain state in the ledger's database, streams in the silos' memory.</summary>
internal static class EngineComposition
{
    /// <summary>Other silos write to the same database.</summary>
    public const bool IsOneProcess = false;

    /// <summary>Keys grain state; the same for every cluster that ever works on the database.</summary>
    private const string ServiceId = "conclude";

    /// <summary>As in the local engine: idle sessions are let go soon.</summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(3);

    public static void AddEngine(this WebApplicationBuilder builder, DirectoryInfo data)
    {
        var settings = ClusterSettings.Read(builder.Configuration);
        var database = Store.ConnectionString(builder.Configuration)
            ?? throw new InvalidSettingException("The silos of a cluster share a PostgreSQL database: set ConnectionStrings:Conclude.");
        builder.Services.AddClusterDatabase(database);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, ServiceId))
                .Configure<EndpointOptions>(ends =>
                {
                    (ends.AdvertisedIPAddress, ends.SiloPort, ends.GatewayPort) = (settings.Address, settings.SiloPort, settings.GatewayPort);
                    ends.SiloListeningEndpoint = settings.Listen;
                })
                .Configure<GrainCollectionOptions>(static collection => collection.CollectionAge = IdleAfter)
                .Configure<ClusterMembershipOptions>(Membership.Configure)
                .UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>(static (clustering, database) =>
                    (clustering.Invariant, clustering.DataSource) = (ClusterState.Invariant, database)))
                .AddActivityPropagation()
                .AddLiveStreams();
            silo.Services.AddClusterState();
            if (settings.Placement == GrainPlacement.Beside)
            {
                // What says nothing of its place starts on the silo that calls it first.
                silo.Services.AddSingleton<PlacementStrategy>(new PreferLocalPlacement());
            }
        });
    }

    /// <summary>
    /// Totals are absolute and the ledger has them: what is lost with a silo's memory heals. Each queue is asked ten times a second, which with
    /// the publisher's 200 ms and the page's 250 ms leaves a fire half of its second.
    /// </summary>
    private static void AddLiveStreams(this ISiloBuilder silo) => silo.AddMemoryStreams(LiveStreams.Provider, static streams =>
    {
        streams.ConfigurePartitioning(4);
        streams.ConfigurePullingAgent(static options => options.Configure(static agent => agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100)));
    });
}
