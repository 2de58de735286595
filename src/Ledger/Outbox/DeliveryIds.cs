using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Conclude.Ledger.Outbox;

/// <summary>Ids in the form of a UUIDv7: the time in front, so that ids sort as their facts do.</summary>
public static class DeliveryIds
{
    private const int TimeBytes = 6;

    /// <summary>The same for the same fact and webhook, so that what is told again is known again.</summary>
    public static Guid Of(DateTimeOffset at, string cause, string webhook)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{cause}\n{webhook}"), bytes);
        bytes = bytes[..16];
        Put(bytes, at);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Below every id of that millisecond or later, above every earlier one.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        Put(bytes, at);
        return new Guid(bytes, bigEndian: true);
    }

    private static void Put(Span<byte> bytes, DateTimeOffset at)
    {
        Span<byte> ms = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(ms, at.ToUnixTimeMilliseconds());
        ms[^TimeBytes..].CopyTo(bytes);
    }
}
