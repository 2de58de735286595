using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Conclude.Grains.Tenants;

namespace Conclude.Grains.Sessions;

/// <summary>Sampling by hash, never by chance: the same fire (or the same person and moment) always falls on the same side.</summary>
internal static class Sampling
{
    public static bool IsIn(MomentDefinition moment, Guid eventId, string userKey) =>
        moment.SamplingRate >= 100 ||
        (moment.SamplingRate > 0 && Position(moment.SamplingMode == SamplingMode.PerFire ? eventId.ToString("N") : userKey, moment.Event) < (double)moment.SamplingRate / 100);

    /// <summary>Where a subject falls for a moment: uniform in [0, 1), from the first 53 bits of SHA-256 over both.</summary>
    public static double Position(string subject, string eventName)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // A line feed is in neither an event name nor a valid id, so no two pairs read the same.
        SHA256.HashData(Encoding.UTF8.GetBytes($"{eventName}\n{subject}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * Math.Pow(2, -53);
    }
}
