using Microsoft.Extensions.Hosting;

namespace Conclude.Api.Health;

/// <summary>Whether this process may be sent new requests. It serves those that come all the same, for as long as it listens.</summary>
public sealed class Readiness(IHostApplicationLifetime lifetime)
{
    private volatile bool _isDraining;

    /// <summary>Asked to stop, and perhaps stopping already.</summary>
    public bool IsStopping => _isDraining || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>From here on this process says that it is not ready.</summary>
    public void Drain() => _isDraining = true;
}
