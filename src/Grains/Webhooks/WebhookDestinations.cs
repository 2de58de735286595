using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Conclude.Grains.Webhooks;

/// <summary>
/// Says where webhooks may go, when one is saved and again at each attempt: a name may lead elsewhere by then. One address that is not
/// public is enough to refuse its name.
/// </summary>
public sealed class WebhookDestinations(IOptions<WebhookOptions> options, IHostResolver resolver)
{
    private static readonly TimeSpan ResolvesWithin = TimeSpan.FromSeconds(5);

    /// <returns>What is wrong with it, to be said behind its name; null when nothing is.</returns>
    public async Task<string?> Problem(string url, CancellationToken cancellation)
    {
        if (ProblemOf(url) is { } problem)
        {
            return problem;
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(ResolvesWithin);
        try
        {
            await Addresses(new Uri(url).IdnHost, within.Token);
            return null;
        }
        catch (RefusedDestinationException refused)
        {
            return refused.Message;
        }
        catch (Exception reason) when (reason is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return "names a host that cannot be found";
        }
    }

    /// <returns>As <see cref="Problem"/>, from its text alone.</returns>
    public string? ProblemOf(string url)
    {
        if (url.Length > Webhook.MaxUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            return $"must be an address such as https://example.com/hooks, at most {Webhook.MaxUrl} characters";
        }

        var isPlain = uri.Scheme == Uri.UriSchemeHttp && options.Value.AllowHttp;
        return uri.Scheme != Uri.UriSchemeHttps && !isPlain ? "must begin with https://"
            : uri.UserInfo.Length > 0 ? "must hold no user name or password"
            : uri.Fragment.Length > 0 ? "must hold no fragment (#…)"
            : options.Value.Ports is { Count: > 0 } ports && !ports.Contains(uri.Port) ? $"must name one of the ports {string.Join(", ", ports)}"
            : null;
    }

    /// <summary>The addresses of a host, all of them allowed.</summary>
    /// <exception cref="RefusedDestinationException">One of them is not.</exception>
    /// <exception cref="SocketException">There are none.</exception>
    public async Task<IPAddress[]> Addresses(string host, CancellationToken cancellation)
    {
        var addresses = await resolver.Resolve(host, cancellation);
        return addresses.Length == 0 ? throw new SocketException((int)SocketError.HostNotFound)
            : options.Value.AllowPrivate || Array.TrueForAll(addresses, PublicAddresses.IsPublic) ? addresses
            : throw new RefusedDestinationException("leads to a private or reserved address");
    }
}
