using Orleans.Streams;

namespace Orleans;

/// <summary>From the client to its streams.</summary>
public static class ClientStreamingExtensions
{
    /// <exception cref="KeyNotFoundException">No provider of that name is registered.</exception>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) => GrainStreamingExtensions.Find(client.ServiceProvider, name);
}
