using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Conclude.Grains.Live;

/// <summary>The stream provider for code outside grains.</summary>
public static class StreamAccess
{
    public static IStreamProvider GetStreams(this IServiceProvider services) =>
        services.GetRequiredService<IClusterClient>().GetStreamProvider(LiveStreams.Provider);
}
