using Conclude.Grains;
using Conclude.Grains.Live;
using Orleans.Configuration;

namespace Conclude.Silo.Engines;

/// <summary>The single-process engine, its grain state beside the ledger: in the same database, or in a SQLite file of its own.</summary>
internal static class EngineComposition
{
    /// <summary>What this engine keeps in memory holds only while no other process writes to the store.</summary>
    public const bool IsOneProcess = true;

    /// <summary>
    /// A person's session is read again in one indexed read, and anybody can make up new persons: idle ones are let go soon, so that
    /// a flood of made-up ids costs minutes of memory, not a quarter of an hour's.
    /// </summary>
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(3);

    public static void AddEngine(this WebApplicationBuilder builder, DirectoryInfo data) =>
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly)
                .Configure<GrainCollectionOptions>(static collection => collection.CollectionAge = IdleAfter)
                .AddMemoryStreams(LiveStreams.Provider);
            if (Store.ConnectionString(builder.Configuration) is { } database)
            {
                engine.AddPostgresGrainStorage(Storage.Provider, () => database);
            }
            else
            {
                engine.AddSqliteGrainStorage(Storage.Provider, Path.Combine(data.FullName, "grains.db"));
            }
        });
}
