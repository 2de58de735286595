using System.Net;
using Microsoft.Extensions.Options;

namespace Conclude.Api.RateLimiting;

/// <summary>Both limits of the API: by address, before the key is looked up; by key, before the handler runs.</summary>
internal sealed class RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly TokenBuckets<AddressKey>? _addresses = Buckets<AddressKey>(options.Value, options.Value.PerAddressPerSecond, time);
    private readonly TokenBuckets<string>? _keys = Buckets<string>(options.Value, options.Value.PerKeyPerSecond, time);

    /// <returns>Seconds to wait; 0 lets the request in.</returns>
    public int Address(IPAddress? address) => _addresses?.Take(AddressKey.Of(address)) ?? 0;

    /// <inheritdoc cref="Address"/>
    /// <param name="keyId">The id of a key in force.</param>
    public int Key(string keyId) => _keys?.Take(keyId) ?? 0;

    private static TokenBuckets<TKey>? Buckets<TKey>(RateLimitOptions options, int perSecond, TimeProvider time)
        where TKey : notnull =>
        options.Enabled && perSecond > 0 ? new(perSecond, (int)Math.Min(int.MaxValue, (long)perSecond * RateLimitOptions.BurstSeconds), time) : null;
}
