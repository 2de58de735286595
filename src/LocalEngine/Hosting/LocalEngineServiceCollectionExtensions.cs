using Conclude.LocalEngine;
using Conclude.LocalEngine.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The only API of the local engine that Orleans does not have.</summary>
public static class LocalEngineServiceCollectionExtensions
{
    /// <summary>
    /// Hosts grains in this process. Time is the registered <see cref="TimeProvider"/>'s, or the system's. The engine stops with
    /// the host: it takes no calls from outside, drains, and ends every activation.
    /// </summary>
    public static IServiceCollection AddLocalEngine(this IServiceCollection services, Action<LocalEngineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var grains = new GrainRegistry();
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(grains);
        services.AddSingleton<Engine>();
        services.AddSingleton<StateJson>();
        services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<Engine>().Factory);
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<Engine>().Factory);
        services.AddHostedService<EngineHost>();
        configure(new LocalEngineBuilder(services, grains));
        return services;
    }
}
