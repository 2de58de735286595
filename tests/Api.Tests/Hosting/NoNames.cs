using System.Net;
using System.Net.Sockets;
using Conclude.Grains.Webhooks;

namespace Conclude.Api.Tests.Hosting;

/// <summary>Knows no host by name, and answers at once: what tests send must not depend on a network, nor wait for one.</summary>
internal sealed class NoNames : IHostResolver
{
    public Task<IPAddress[]> Resolve(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? Task.FromResult<IPAddress[]>([address])
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
