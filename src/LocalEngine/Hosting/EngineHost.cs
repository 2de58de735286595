using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Conclude.LocalEngine;

/// <summary>Ties the engine's life to the host's.</summary>
internal sealed class EngineHost(Engine engine, IOptions<LocalEngineOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(options.Value.DrainTimeout, cancellationToken);
}
