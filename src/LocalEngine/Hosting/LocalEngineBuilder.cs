using System.Reflection;
using Conclude.LocalEngine.Storage;
using Conclude.LocalEngine.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.Streams;

namespace Conclude.LocalEngine;

/// <summary>Says what an engine consists of.</summary>
public sealed class LocalEngineBuilder
{
    private readonly GrainRegistry _grains;

    internal LocalEngineBuilder(IServiceCollection services, GrainRegistry grains)
    {
        Services = services;
        _grains = grains;
    }

    public IServiceCollection Services { get; }

    /// <summary>Registers every grain class of the assembly, internal ones too.</summary>
    public LocalEngineBuilder AddGrains(Assembly assembly)
    {
        _grains.Add(assembly);
        return this;
    }

    public LocalEngineBuilder AddMemoryGrainStorage(string name)
    {
        Services.AddKeyedSingleton<IGrainStorage>(name, static (services, _) => new MemoryGrainStorage(services.GetRequiredService<StateJson>()));
        return this;
    }

    /// <summary>Keeps state in a SQLite file of its own, which is made when missing.</summary>
    public LocalEngineBuilder AddSqliteGrainStorage(string name, string path)
    {
        Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new SqliteGrainStorage(path, services.GetRequiredService<StateJson>()));
        return this;
    }

    /// <summary>Keeps state in a table of a PostgreSQL database, which is made when missing.</summary>
    /// <param name="connectionString">As Npgsql takes it; asked for when the storage is.</param>
    public LocalEngineBuilder AddPostgresGrainStorage(string name, Func<string> connectionString)
    {
        Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new PostgresGrainStorage(connectionString(), services.GetRequiredService<StateJson>()));
        return this;
    }

    /// <summary>Streams that live in the process: ordered per subscriber, not stored, bounded by <see cref="LocalEngineOptions.StreamQueueLength"/>.</summary>
    public LocalEngineBuilder AddMemoryStreams(string name)
    {
        Services.AddKeyedSingleton<IStreamProvider>(name, (services, _) => ActivatorUtilities.CreateInstance<MemoryStreamProvider>(services, name));
        return this;
    }

    public LocalEngineBuilder Configure<TOptions>(Action<TOptions> configure)
        where TOptions : class
    {
        Services.Configure(configure);
        return this;
    }
}
