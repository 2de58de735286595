using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Conclude.Api.Widget;

/// <summary>
/// What this process has lately told sessions of their users, so that the same facts in every request are not told every time.
/// Forgetting costs one call; what is remembered too long heals after <see cref="ToldFor"/>.
/// </summary>
internal sealed class ToldIdentities(TimeProvider time)
{
    private const int Capacity = 50_000;

    public static readonly TimeSpan ToldFor = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<UInt128, long> _told = new(Capacity);

    public bool Contains(UInt128 print) => _told.TryGet(print, out var at) && time.GetElapsedTime(at) < ToldFor;

    public void Add(UInt128 print) => _told.Set(print, time.GetTimestamp());

    /// <summary>The first 128 bits of SHA-256 over all that a request states of its user.</summary>
    public static UInt128 Print(string workspace, string userKey, UserJson user, bool verified)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // No part holds a line feed: ids have no control characters, and JSON escapes them.
        hash.AppendData(Encoding.UTF8.GetBytes($"{workspace}\n{userKey}\n{verified}\n"));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(user, WidgetJson.Default.UserJson));
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }
}
