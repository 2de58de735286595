using Conclude.Grains;
using Conclude.Grains.Live;

namespace Conclude.Silo.Engines;

/// <summary>The single-process engine, its grain state in a SQLite file of its own.</summary>
internal static class EngineComposition
{
    public static void AddEngine(this WebApplicationBuilder builder, DirectoryInfo data) =>
        builder.Services.AddLocalEngine(engine => engine
            .AddGrains(typeof(GrainKeys).Assembly)
            .AddMemoryStreams(LiveStreams.Provider)
            .AddSqliteGrainStorage(Storage.Provider, Path.Combine(data.FullName, "grains.db")));
}
