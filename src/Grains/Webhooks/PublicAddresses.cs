using System.Net;
using System.Net.Sockets;

namespace Conclude.Grains.Webhooks;

/// <summary>
/// Which addresses are the public Internet's: not those that IANA's special-purpose registries (RFC 6890 and its successors) keep for
/// other things. An IPv6 address that stands for an IPv4 one is judged by that.
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Within global unicast: protocol assignments (Teredo among them), documentation.</summary>
    private static readonly IPNetwork[] NotPublic6 = Parse("2001::/23", "2001:db8::/32", "3fff::/20");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(NotPublic4, n => n.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // A zone is of this machine's links; networks compare without it.
        var plain = new IPAddress(address.GetAddressBytes());
        return plain.IsIPv4MappedToIPv6 ? IsPublic(plain.MapToIPv4())
            : Nat64.Contains(plain) ? IsPublic(Embedded(plain, at: 12))
            : SixToFour.Contains(plain) ? IsPublic(Embedded(plain, at: 2))
            : GlobalUnicast.Contains(plain) && !Array.Exists(NotPublic6, n => n.Contains(plain));
    }

    private static IPAddress Embedded(IPAddress address, int at) => new(address.GetAddressBytes().AsSpan(at, sizeof(uint)));

    private static IPNetwork[] Parse(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
