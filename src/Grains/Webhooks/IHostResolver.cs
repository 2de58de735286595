using System.Net;

namespace Conclude.Grains.Webhooks;

/// <summary>Turns the name of a host into addresses.</summary>
public interface IHostResolver
{
    /// <exception cref="System.Net.Sockets.SocketException">The name has none, or nobody answered.</exception>
    Task<IPAddress[]> Resolve(string host, CancellationToken cancellation);
}
