using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Conclude.Grains.Keys;

namespace Conclude.Api.Keys;

/// <summary>SHA-256 of an API key, as a value that costs no memory to look up.</summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <param name="key">At most <see cref="ApiKeys.MaxLength"/> characters.</param>
    public static KeyHash Of(string key)
    {
        Span<byte> text = stackalloc byte[ApiKeys.MaxLength * 3];
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(key, text)], MemoryMarshal.AsBytes(hash));
        return new(hash[0], hash[1], hash[2], hash[3]);
    }
}
