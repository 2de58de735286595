using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Conclude.Silo.Bootstrap;

/// <summary>Makes the first workspace while the host starts, and greets whoever started it.</summary>
internal sealed class Welcome(FirstWorkspace first, Greeting greeting, IServer server, TimeProvider time) : IHostedLifecycleService
{
    private string? _newSecret;

    /// <summary>Before the web server listens: nobody can call while the first keys do not exist.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => _newSecret = await first.Ensure(cancellationToken);

    /// <summary>After it listens, so that the address is known.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => Patiently.Do(() => greeting.Tell(Address(), _newSecret), time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Address() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080")
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .TrimEnd('/');
}
