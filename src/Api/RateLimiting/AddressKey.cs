using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Conclude.Api.RateLimiting;

/// <summary>Where a request comes from: an IPv4 address, or an IPv6 network of 64 bits, since one host owns all of it.</summary>
internal readonly record struct AddressKey(AddressFamily Family, ulong Bits)
{
    public static AddressKey Of(IPAddress? address)
    {
        // No address: not a network connection (an in-process test server, a Unix socket).
        if (address is null)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length))
        {
            return default;
        }

        return length == 4 ? new(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : address.IsIPv4MappedToIPv6 ? new(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
            : new(AddressFamily.InterNetworkV6, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
