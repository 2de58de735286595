using Conclude.Grains;
using Conclude.Grains.Live;

namespace Conclude.Silo.Engines;

/// <summary>The single-process engine, its grain state beside the ledger: in the same database, or in a SQLite file of its own.</summary>
internal static class EngineComposition
{
    public static void AddEngine(this WebApplicationBuilder builder, DirectoryInfo data) =>
        builder.Services.AddLocalEngine(engine =>
        {
            engine.AddGrains(typeof(GrainKeys).Assembly).AddMemoryStreams(LiveStreams.Provider);
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
