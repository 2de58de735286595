using System.Net;
using Conclude.Grains.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Conclude.Api.RateLimiting;

/// <summary>
/// Both limits of the API: by address, before the key is looked up; by key, before the handler runs. Each tells in the answer's headers
/// what is left of it. A key's own cap holds where the operator has switched limits off, too: its workspace set it.
/// </summary>
internal sealed class RateLimiter
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string LeftHeader = "RateLimit";

    private const int Caps = 1_000;

    private readonly TimeProvider _time;
    private readonly TokenBuckets<AddressKey> _addresses;
    private readonly TokenBuckets<string> _keys;
    private readonly RatePolicy? _ofAddress;
    private readonly RatePolicy? _ofKey;

    /// <summary>Both, as most answers tell them: made once.</summary>
    private readonly StringValues _policies;

    /// <summary>Of keys with a cap of their own, by the cap.</summary>
    private readonly BoundedCache<int, RatePolicy> _caps = new(Caps);

    public RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        (_time, _addresses, _keys) = (time, new(time), new(time));
        _ofAddress = Policy("address", options.Value, options.Value.PerAddressPerSecond, time);
        _ofKey = Policy("key", options.Value, options.Value.PerKeyPerSecond, time);
        _policies = StringValues.Concat(new StringValues(_ofAddress?.Policy), _ofKey?.Policy);
    }

    /// <returns>Seconds to wait; 0 lets the request in.</returns>
    public int Address(IPAddress? address, IHeaderDictionary headers)
    {
        if (_ofAddress is null)
        {
            return 0;
        }

        var taken = _addresses.Take(AddressKey.Of(address), _ofAddress);
        headers[PolicyHeader] = _ofAddress.Policy;
        headers[LeftHeader] = _ofAddress.Left(taken.Remaining);
        return taken.Wait;
    }

    /// <inheritdoc cref="Address"/>
    /// <param name="key">In force.</param>
    public int Key(ApiKey key, IHeaderDictionary headers)
    {
        // A workspace lowers what the operator allows, and never raises it.
        if ((key.RequestsPerSecond is { } cap && !(cap >= _ofKey?.PerSecond) ? CappedAt(cap) : _ofKey) is not { } policy)
        {
            return 0;
        }

        var taken = _keys.Take(key.Id, policy);
        headers[PolicyHeader] = ReferenceEquals(policy, _ofKey) ? _policies : StringValues.Concat(headers[PolicyHeader], policy.Policy);
        headers[LeftHeader] = StringValues.Concat(headers[LeftHeader], policy.Left(taken.Remaining));
        return taken.Wait;
    }

    private RatePolicy CappedAt(int perSecond)
    {
        if (!_caps.TryGet(perSecond, out var policy))
        {
            _caps.Set(perSecond, policy = Policy("key", perSecond, _time));
        }

        return policy;
    }

    private static RatePolicy? Policy(string name, RateLimitOptions options, int perSecond, TimeProvider time) =>
        options.Enabled && perSecond > 0 ? Policy(name, perSecond, time) : null;

    private static RatePolicy Policy(string name, int perSecond, TimeProvider time) =>
        new(name, perSecond, (int)Math.Min(int.MaxValue, (long)perSecond * RateLimitOptions.BurstSeconds), time);
}
